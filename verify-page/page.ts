/** The page: what the reader chooses and pastes, the check, its progress and its answer. */
import { HoldfastError, toFailure } from '../contract/errors.ts';
import { element, isolated } from './element.ts';
import { type Named, parseNamed } from './named.ts';
import { type Report, run } from './run.ts';
import { showAnswer } from './show.ts';
import { inBytes, verdictWords, words } from './words.ts';

/** The elements of index.html that the script speaks to. */
function elements() {
  return {
    notStarted: byId('not-started', HTMLElement),
    form: byId('form', HTMLFormElement),
    file: byId('file', HTMLInputElement),
    signer: byId('signer', HTMLTextAreaElement),
    authority: byId('authority', HTMLTextAreaElement),
    running: byId('running', HTMLElement),
    bar: byId('progress', HTMLProgressElement),
    barText: byId('progress-text', HTMLElement),
    cancel: byId('cancel', HTMLButtonElement),
    check: byId('check', HTMLButtonElement),
    live: byId('live', HTMLElement),
    result: byId('result', HTMLElement),
  };
}

type Elements = ReturnType<typeof elements>;

function byId<E extends HTMLElement>(id: string, type: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`there is no ${id}`);
  return found;
}

/** `script`: the text of this page's script, which the worker is made from. */
export function startPage(script: string): void {
  const page = elements();
  page.notStarted.hidden = true;
  page.form.hidden = false;
  let stop: AbortController | null = null;
  page.form.addEventListener('submit', (event) => {
    event.preventDefault();
    const asked = read(page);
    if (asked === null || stop !== null) return;
    stop = new AbortController();
    void answer(page, script, asked, stop.signal).finally(() => {
      stop = null;
    });
  });
  page.cancel.addEventListener('click', () => stop?.abort());
  // Another file or another signer is another question: the old answer goes.
  page.form.addEventListener('input', () => page.result.replaceChildren());
  acceptDrops(page, () => stop !== null);
}

interface Asked {
  file: File;
  signers: Named;
  authorities: Named;
}

/** What the reader asks; null, and said where, when something is missing or not understood. */
function read({ file, signer, authority }: Elements): Asked | null {
  const chosen = file.files?.[0] ?? null;
  complain(file, chosen === null ? words.noFile : '');
  const signers = readNamed(signer);
  const authorities = readNamed(authority);
  if (chosen !== null && signers !== null && authorities !== null)
    return { file: chosen, signers, authorities };
  const first = [file, signer, authority].find((field) => field.getAttribute('aria-invalid') === 'true');
  first?.closest('details')?.setAttribute('open', '');
  first?.focus();
  return null;
}

function readNamed(field: HTMLTextAreaElement): Named | null {
  try {
    const named = parseNamed(field.value);
    complain(field, '');
    return named;
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    complain(field, error.message);
    return null;
  }
}

function complain(field: HTMLElement, message: string): void {
  field.setAttribute('aria-invalid', String(message !== ''));
  byId(`${field.id}-error`, HTMLElement).textContent = message;
}

async function answer(page: Elements, script: string, asked: Asked, signal: AbortSignal): Promise<void> {
  const { result, live } = page;
  result.replaceChildren();
  busy(page, true);
  live.textContent = words.started;
  try {
    const verification = await run(script, asked, reporter(page), signal);
    const named = asked.signers.certificates.length + asked.signers.fingerprints.length > 0;
    result.replaceChildren(showAnswer({ fileName: asked.file.name, verification, named }));
    const said = verdictWords(verification, named);
    live.textContent = `${said.heading}. ${said.sentence}`;
  } catch (error) {
    const { message } = toFailure(error);
    live.textContent = message;
    result.replaceChildren(
      element(
        'div',
        { class: 'verdict' },
        element('h2', {}, words.stopped),
        element('p', {}, message),
        element('p', { class: 'soft' }, isolated(asked.file.name)),
      ),
    );
  } finally {
    busy(page, false);
    result.scrollIntoView();
  }
}

function busy({ running, bar, barText, check, cancel }: Elements, is: boolean): void {
  running.hidden = !is;
  check.disabled = is;
  bar.removeAttribute('value');
  barText.textContent = '';
  // The focus must not be lost with what had it.
  if (is) cancel.focus();
  else check.focus({ preventScroll: true });
}

/** Shows each report, and says a few of them aloud. */
function reporter({ bar, barText, live }: Elements): Report {
  let said = 0;
  return (done, total) => {
    bar.value = total === 0 ? 1 : done / total;
    barText.textContent = words.ofAll(inBytes(done), inBytes(total));
    const quarter = Math.floor(bar.value * 4);
    if (quarter <= said || quarter === 4) return;
    said = quarter;
    live.textContent = words.percent(quarter * 25);
  };
}

function acceptDrops({ file, form, result }: Elements, isBusy: () => boolean): void {
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.toggle('over', !isBusy());
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) document.body.classList.remove('over');
  });
  document.addEventListener('drop', (event) => {
    // Without this the browser leaves the page and opens the file.
    event.preventDefault();
    document.body.classList.remove('over');
    const { files } = event.dataTransfer ?? { files: null };
    if (isBusy() || files === null || files.length === 0) return;
    complain(file, files.length === 1 ? '' : words.oneFile);
    if (files.length !== 1) return;
    file.files = files;
    result.replaceChildren();
    form.scrollIntoView();
  });
}
