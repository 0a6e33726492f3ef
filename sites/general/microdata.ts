/** Microdata (WHATWG HTML, section 5) as things. */
import { attribute, type HtmlElement, isElement } from '../html/parse.ts';
import type { Page } from './page.ts';
import { localName, type Plain, type Thing, type Value } from './thing.ts';

const MAX_ITEMS = 20_000;
/** Elements looked at: items that all refer to the same large part would look at it once each. */
const MAX_VISITS = 5_000_000;

const addressAttribute: Readonly<Record<string, string>> = {
  audio: 'src',
  embed: 'src',
  iframe: 'src',
  img: 'src',
  source: 'src',
  track: 'src',
  video: 'src',
  a: 'href',
  area: 'href',
  link: 'href',
  object: 'data',
};

const words = (value: string | null) => (value ?? '').split(/[ \t\n\f\r]+/).filter((word) => word !== '');

/** The value of a property (section 5.2.4); where it is text, by the text rule of this reader. */
function plainText(element: HtmlElement, page: Page): string {
  const { tagName } = element;
  // Not the standard's, but what pages write: a value for machines beside the shown one.
  const content = attribute(element, 'content');
  if (content !== null) return content;
  if (Object.hasOwn(addressAttribute, tagName)) {
    return attribute(element, addressAttribute[tagName] ?? '') ?? '';
  }
  if (tagName === 'data' || tagName === 'meter') return attribute(element, 'value') ?? '';
  const datetime = tagName === 'time' ? attribute(element, 'datetime') : null;
  return datetime ?? page.text(element).text;
}

/** The value is read when it is asked for: most never are. */
function plainValue(element: HtmlElement, page: Page): Plain {
  let text: string | null = null;
  return {
    element,
    get text() {
      text ??= plainText(element, page);
      return text;
    },
  };
}

class MicrodataReader {
  readonly #things = new Map<HtmlElement, Thing>();
  readonly #byId: ReadonlyMap<string, HtmlElement>;
  readonly #page: Page;
  #visits = 0;
  exceeded = false;

  constructor(page: Page) {
    this.#page = page;
    const ids = new Map<string, HtmlElement>();
    for (const element of page.elements) {
      const id = attribute(element, 'id');
      if (id !== null && !ids.has(id)) ids.set(id, element);
    }
    this.#byId = ids;
  }

  /** The item that an element creates. An item that refers back to itself is the same thing again. */
  item(element: HtmlElement): Thing {
    const known = this.#things.get(element);
    if (known !== undefined) return known;
    const thing: Thing = {
      types: words(attribute(element, 'itemtype')).slice(0, 20).map(localName),
      id: attribute(element, 'itemid'),
      props: new Map(),
      source: 'microdata',
      element,
    };
    if (this.#things.size >= MAX_ITEMS) {
      this.exceeded = true;
      return thing;
    }
    this.#things.set(element, thing);
    for (const property of this.#propertiesOf(element)) this.#add(thing, property);
    return thing;
  }

  #add(thing: Thing, property: HtmlElement): void {
    const value: Value =
      attribute(property, 'itemscope') !== null ? this.item(property) : plainValue(property, this.#page);
    for (const name of words(attribute(property, 'itemprop')).slice(0, 20).map(localName)) {
      const known = thing.props.get(name);
      if (known === undefined) thing.props.set(name, [value]);
      else known.push(value);
    }
  }

  /** Section 5.2.5: the descendants outside inner items, and what `itemref` names, in the order they are met. */
  #propertiesOf(root: HtmlElement): HtmlElement[] {
    const found: HtmlElement[] = [];
    const seen = new Set<HtmlElement>([root]);
    const referred = words(attribute(root, 'itemref'))
      .slice(0, 1000)
      .flatMap((id) => this.#byId.get(id) ?? []);
    const open = [...root.childNodes.filter(isElement), ...referred].reverse();
    for (let element = open.pop(); element !== undefined; element = open.pop()) {
      if (seen.has(element)) continue;
      seen.add(element);
      this.#visits += 1;
      if (this.#visits > MAX_VISITS) {
        this.exceeded = true;
        break;
      }
      if (attribute(element, 'itemprop') !== null) found.push(element);
      if (attribute(element, 'itemscope') === null) {
        for (const child of element.childNodes.filter(isElement).reverse()) open.push(child);
      }
    }
    return found;
  }
}

/** The top-level items of the page: those that are no property of another. */
export function microdata(page: Page): Thing[] {
  const reader = new MicrodataReader(page);
  const things = page.elements
    .filter((element) => attribute(element, 'itemscope') !== null && attribute(element, 'itemprop') === null)
    .map((element) => reader.item(element));
  if (reader.exceeded)
    page.notes.limit('The page has more microdata than is read; a part of it was left out.');
  return things;
}
