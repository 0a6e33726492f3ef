/** The answer of a check as a part of the page: verdict, what differs, steps, signer, times, log, limits. */
import { fingerprintGroups } from '../contract/fingerprint.ts';
import type { BundleTimestamp, Signer, Verification } from '../contract/model/bundle.ts';
import { verificationWords as shared, statusWords, stepWords } from '../contract/verification-words.ts';
import { cannotSay, canSay } from '../evidence/bundle/words.ts';
import { element, isolated, withNames } from './element.ts';
import { inUtc, verdictWords, words } from './words.ts';

export interface Answer {
  fileName: string;
  verification: Verification;
  /** The reader said whom they expect to have signed. */
  named: boolean;
}

export function showAnswer(answer: Answer): HTMLElement {
  const { verification } = answer;
  const { signer, verdict, files, notes } = verification;
  const parts = [
    showVerdict(answer),
    files.length > 0 ? showFiles(files) : null,
    notes.length > 0
      ? showList(
          shared.notes,
          notes.map(({ message }) => message),
        )
      : null,
    ...showSteps(verification),
    ...(signer === null
      ? [heading(shared.signer), paragraph(shared.noSigner)]
      : showSigner(signer, verification.signedAt)),
    ...(verdict === 'failed' ? [] : showTimestamps(verification.timestamps)),
    ...showLog(verification.log),
    verdict === 'failed' ? null : showList(words.canSay, canSay),
    showList(words.cannotSay, cannotSay),
    element('p', { class: 'soft' }, shared.notAbout),
  ];
  return element('section', { 'aria-labelledby': 'verdict' }, ...parts);
}

function heading(text: string): HTMLElement {
  return element('h2', {}, text);
}

function paragraph(text: string): HTMLElement {
  return element('p', { class: 'soft' }, text);
}

function showVerdict({ fileName, verification, named }: Answer): HTMLElement {
  const said = verdictWords(verification, named);
  return element(
    'div',
    { class: `verdict ${verification.verdict}` },
    element('h2', { id: 'verdict' }, said.heading),
    element('p', {}, said.sentence),
    element('p', { class: 'soft' }, `${words.checkedFile}: `, isolated(fileName)),
  );
}

function showFiles(files: Verification['files']): HTMLElement {
  const items = files.map(({ path, problem }) =>
    element('li', {}, element('code', {}, isolated(path, 'ltr')), `: ${shared.problems[problem]}`),
  );
  return element(
    'section',
    { class: 'files', 'aria-labelledby': 'files' },
    element('h2', { id: 'files' }, shared.files),
    element('ul', {}, ...items),
    files.length >= 100 ? paragraph(shared.filesFirst) : null,
  );
}

function showList(title: string, sentences: readonly string[]): HTMLElement {
  const items = sentences.map((sentence) => element('li', {}, sentence));
  return element('section', {}, heading(title), element('ul', {}, ...items));
}

function showSteps({ steps, signer, timestamps }: Verification): HTMLElement[] {
  const names = [...(signer === null ? [] : [signer.name]), ...timestamps.map(({ authority }) => authority)];
  const items = steps.map(({ step, status, code, message }) =>
    element(
      'li',
      { class: status, 'data-step': step },
      element('span', { class: 'status' }, statusWords[status]),
      element('h3', {}, stepWords[step]),
      element(
        'p',
        {},
        ...withNames(message, names),
        ...(status === 'ok' ? [] : [' ', element('code', {}, code)]),
      ),
    ),
  );
  // Safari reads a list without marks as no list, unless its role is said.
  return [heading(shared.steps), element('ol', { class: 'steps', role: 'list' }, ...items)];
}

type Fact = readonly [label: string, value: HTMLElement | string | null];

function showFacts(facts: readonly Fact[]): HTMLElement {
  const rows = facts.flatMap(([label, value]) =>
    value === null ? [] : [element('div', {}, element('dt', {}, label), element('dd', {}, value))],
  );
  return element('dl', {}, ...rows);
}

function showSigner(signer: Signer, signedAt: string | null): HTMLElement[] {
  const groups = fingerprintGroups(signer.fingerprint).map(({ digits }) => element('li', {}, digits));
  return [
    heading(shared.signer),
    showFacts([
      [shared.signerName, isolated(signer.name)],
      [shared.organisation, signer.organisation === null ? null : isolated(signer.organisation)],
      [shared.email, signer.email === null ? null : isolated(signer.email, 'ltr')],
      [shared.selfSigned, signer.selfSigned ? shared.selfSignedYes : shared.selfSignedNo],
      [shared.validity, `${inUtc(signer.notBefore)} – ${inUtc(signer.notAfter)}`],
      [shared.signedAt, signedAt === null ? null : inUtc(signedAt)],
    ]),
    element('p', { id: 'fingerprint' }, words.fingerprint),
    element('ol', { class: 'groups', role: 'list', 'aria-labelledby': 'fingerprint' }, ...groups),
    paragraph(words.fingerprintHelp),
  ];
}

function showTimestamps(timestamps: readonly BundleTimestamp[]): HTMLElement[] {
  const items = timestamps.map(({ over, time, authority, trusted, certificate }) =>
    element(
      'li',
      {},
      over === 'signature' ? shared.overSignature : shared.overCheckpoint(String(over.checkpoint)),
      ' ',
      element('strong', {}, element('time', { datetime: time }, inUtc(time))),
      element(
        'p',
        { class: 'soft' },
        `${shared.says} `,
        isolated(authority),
        ` (${trusted ? shared.authorityNamed : shared.authorityNotNamed}), SHA-256 `,
        element('code', {}, certificate),
      ),
    ),
  );
  return [
    heading(shared.timestamps),
    timestamps.length === 0 ? paragraph(shared.noTimestamps) : element('ul', {}, ...items),
  ];
}

function showLog(log: Verification['log']): HTMLElement[] {
  if (log === null) return [];
  return [
    heading(shared.log),
    showFacts([
      [shared.logOrigin, isolated(log.origin, 'ltr')],
      [shared.logSize, String(log.size)],
      [shared.logRoot, element('code', {}, log.root)],
    ]),
    paragraph(words.logHelp),
  ];
}
