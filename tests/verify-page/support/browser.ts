/** A browser with verify.html opened from file://, as far as the tests ask: Chromium by Playwright, Firefox by WebDriver BiDi. */

export interface OpenPage {
  /** The value of an expression in the page, awaited; plain JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Puts a file into the field for files. */
  choose(path: string): Promise<void>;
  /** Addresses that the page asked for, its own first. */
  requests(): string[];
  /** What the browser complained about: errors, and what the page's policy stopped. */
  complaints(): string[];
  close(): Promise<void>;
}

export interface Browser {
  /** Opens a page. `before` runs in it ahead of its own script. */
  open(address: string, before?: string): Promise<OpenPage>;
  close(): Promise<void>;
}

/** What the page shows of an answer. */
export interface Shown {
  verdict: string;
  heading: string;
  sentence: string;
  steps: { step: string; status: string; message: string }[];
  files: string[];
  notes: string[];
  text: string;
  /** What a screen reader was told last. */
  said: string;
}

export interface Asked {
  signer?: string | undefined;
  authority?: string | undefined;
}

const shown = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (selector) => document.querySelector(selector)?.textContent ?? '';
  return {
    verdict: document.querySelector('.verdict').className.replace('verdict', '').trim(),
    heading: text('.verdict h2'),
    sentence: text('.verdict p'),
    steps: all('.steps li').map((each) => ({
      step: each.dataset.step,
      status: each.className,
      message: [...each.querySelector('p').childNodes].filter((node) => node.nodeName !== 'CODE')
        .map((node) => node.textContent).join('').trim(),
    })),
    files: all('.files code').map((each) => each.textContent),
    notes: all('#result section section:not(.files):not(:has(dl)) li').map((each) => each.textContent),
    text: document.body.innerText,
    said: text('#live'),
  };
})()`;

/** Fills in the form and sends it, as a person would. */
export async function start(page: OpenPage, path: string, { signer = '', authority = '' }: Asked = {}) {
  await page.choose(path);
  await page.evaluate(`(() => {
    for (const [id, value] of ${JSON.stringify([
      ['signer', signer],
      ['authority', authority],
    ])}) {
      const field = document.getElementById(id);
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    document.getElementById('check').click();
  })()`);
}

/** Waits until there is an answer, or a complaint about what was filled in. */
export async function answered(page: OpenPage, patience = 60_000): Promise<Shown> {
  await page.evaluate(`new Promise((resolve, reject) => {
    const there = () => document.querySelector('.verdict') && document.getElementById('running').hidden;
    setTimeout(() => reject(new Error('no answer in time')), ${patience});
    const look = () => (there() ? resolve(true) : setTimeout(look, 20));
    look();
  })`);
  return (await page.evaluate(shown)) as Shown;
}

export async function checked(page: OpenPage, path: string, asked?: Asked): Promise<Shown> {
  await start(page, path, asked);
  return answered(page);
}
