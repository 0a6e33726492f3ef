/** One item of structured data, whether it was written as JSON-LD or as microdata. */
import type { HtmlElement } from '../html/parse.ts';

export interface Plain {
  text: string;
  /** The element that held it, in microdata. */
  element: HtmlElement | null;
}

export interface Thing {
  /** Names of schema.org types without the vocabulary's address: 'SocialMediaPosting'. */
  types: string[];
  /** `@id` or `itemid`. */
  id: string | null;
  /** A map, because the names are attacker-controlled. */
  props: Map<string, Value[]>;
  source: 'JSON-LD' | 'microdata';
  element: HtmlElement | null;
}

export type Value = Plain | Thing;

export function isThing(value: Value): value is Thing {
  return 'types' in value;
}

/** 'https://schema.org/Article', 'schema:Article', 'Article' → 'Article'. */
export function localName(name: string): string {
  return name.replace(/^(?:https?:\/\/(?:www\.)?schema\.org\/|schema:)/i, '').slice(0, 100);
}

/** What references by `@id` point to. */
export type Index = ReadonlyMap<string, Thing>;

/** The values of a property, references followed. */
export function valuesOf(thing: Thing, name: string, index: Index): Value[] {
  return (thing.props.get(name) ?? []).map((value) =>
    isThing(value) && value.props.size === 0 && value.id !== null ? (index.get(value.id) ?? value) : value,
  );
}

/** The things among the values of a property. */
export function thingsOf(thing: Thing, name: string, index: Index): Thing[] {
  return valuesOf(thing, name, index).filter(isThing);
}

/** The first value of the first of these properties that is plain and not empty, with the property's name. */
export function plainOf(thing: Thing, ...names: string[]): (Plain & { name: string }) | null {
  for (const name of names) {
    for (const value of thing.props.get(name) ?? []) {
      if (!isThing(value) && value.text.trim() !== '') return { ...value, name };
    }
  }
  return null;
}

/** All things below `roots`, each once, the first 20,000; parents before children. */
export function allThings(roots: readonly Thing[]): Thing[] {
  const seen = new Set<Thing>();
  const open = [...roots].reverse();
  for (let thing = open.pop(); thing !== undefined && seen.size < 20_000; thing = open.pop()) {
    if (seen.has(thing)) continue;
    seen.add(thing);
    const below = [...thing.props.values()].flat().filter(isThing);
    for (const child of below.reverse()) open.push(child);
  }
  return [...seen];
}
