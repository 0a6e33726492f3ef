/** Elements out of text. Whatever comes from a bundle goes in as text: nothing here reads HTML. */

type Child = Node | string | null;

/** `attributes`: by name; those without a value are left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | undefined>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A name from a bundle or of a file: its direction must not move the words around it. */
export function isolated(text: string, direction?: 'ltr'): HTMLElement {
  return element('bdi', { dir: direction }, text);
}

/** A sentence in which these names stand, each set apart. */
export function withNames(sentence: string, names: readonly string[]): Child[] {
  const name = names.find((each) => each !== '' && sentence.includes(each));
  if (name === undefined) return [sentence];
  const rest = names.filter((each) => each !== name);
  const parts = sentence.split(name).map((part) => withNames(part, rest));
  return parts.flatMap((part, i) => (i === 0 ? part : [isolated(name), ...part]));
}
