/**
 * HTML from templates in which every interpolated string is escaped. Texts of sources are hostile: nothing but
 * `html` makes an `Html`, so none of them can become markup.
 */

export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

export type Content = Html | string | number | null | readonly Content[];

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Text for element content or a quoted attribute. Control characters, which HTML cannot hold, become their pictures. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? '')
    .replaceAll('\r', '&#13;')
    .replaceAll(controls, (character) => String.fromCharCode(0x2400 + (character.charCodeAt(0) & 0x7f)));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

function markup(content: Content): string {
  if (content === null) return '';
  if (content instanceof Html) return content.markup;
  return typeof content === 'object' ? content.map(markup).join('') : escaped(String(content));
}

/** A template: what is interpolated is escaped, unless it is `Html`. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(
    strings.reduce((all, string, i) => `${all}${i > 0 ? markup(contents[i - 1] ?? null) : ''}${string}`, ''),
  );
}

/** Words of a source inside a line of ours: isolated, so that their direction cannot reorder what stands around. */
export function foreign(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

/** The name of a file: isolated, and its extension at the end in every script. */
export function fileName(name: string): Html {
  return html`<bdi dir="ltr">${name}</bdi>`;
}

/** Terms and descriptions; those whose description is null are left out. */
export function facts(entries: readonly (readonly [string, Content])[]): Html {
  const rows = entries.filter(([, content]) => content !== null);
  return rows.length === 0
    ? html``
    : html`<dl>${rows.map(([term, content]) => html`<div><dt>${term}</dt><dd>${content}</dd></div>`)}</dl>`;
}

export function commaSeparated(items: readonly Content[]): Content {
  return items.map((item, i) => (i === 0 ? item : html`, ${item}`));
}
