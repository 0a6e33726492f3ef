/** JSON-LD in script elements (JSON-LD 1.1, section 7), as far as schema.org data uses it: no contexts are loaded. */
import { attribute, ownText } from '../html/parse.ts';
import type { Page } from './page.ts';
import { localName, type Thing, type Value } from './thing.ts';

const MAX_SCRIPTS = 200;
const MAX_LENGTH = 8 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_NODES = 50_000;

/** How much of one page's data may still be looked at. */
interface Budget {
  nodes: number;
  exceeded: boolean;
}

function spend(budget: Budget, depth: number): boolean {
  budget.nodes -= 1;
  if (budget.nodes < 0 || depth > MAX_DEPTH) budget.exceeded = true;
  return !budget.exceeded;
}

function names(value: unknown): string[] {
  const given = Array.isArray(value) ? value.slice(0, 20) : [value];
  return given.flatMap((name) => (typeof name === 'string' ? [localName(name)] : []));
}

function plain(text: string): Value {
  return { text, element: null };
}

function thingFrom(node: object, depth: number, budget: Budget): Thing {
  const thing: Thing = { types: [], id: null, props: new Map(), source: 'JSON-LD', element: null };
  for (const [key, value] of Object.entries(node)) {
    if (key === '@type') thing.types = names(value);
    else if (key === '@id' && typeof value === 'string') thing.id = value;
    else if (key === '@graph' || !key.startsWith('@')) {
      const name = localName(key);
      const known = thing.props.get(name) ?? [];
      thing.props.set(name, [...known, ...valuesFrom(value, depth + 1, budget)]);
    }
  }
  return thing;
}

function valuesFrom(node: unknown, depth: number, budget: Budget): Value[] {
  if (!spend(budget, depth)) return [];
  if (typeof node === 'string') return [plain(node)];
  if (typeof node === 'number' || typeof node === 'boolean') return [plain(String(node))];
  if (Array.isArray(node)) return node.flatMap((item) => valuesFrom(item, depth + 1, budget));
  if (typeof node !== 'object' || node === null) return [];
  for (const wrapper of ['@value', '@list', '@set']) {
    const inner = Object.entries(node).find(([key]) => key === wrapper);
    if (inner !== undefined) return valuesFrom(inner[1], depth + 1, budget);
  }
  return [thingFrom(node, depth, budget)];
}

function parsed(text: string, number: number, page: Page): unknown {
  if (text.length > MAX_LENGTH) {
    page.notes.limit(`JSON-LD block ${number} has ${text.length} characters and was not read.`);
    return null;
  }
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    page.notes.add(`JSON-LD block ${number} is not valid JSON and was not read.`);
    return null;
  }
}

/** The top-level things of all JSON-LD blocks, those of `@graph` included. Never throws; notes what it left out. */
export function jsonLd(page: Page): Thing[] {
  const scripts = page.elements.filter(
    (element) =>
      element.tagName === 'script' &&
      /^\s*application\/ld\+json\s*(?:;|$)/i.test(attribute(element, 'type') ?? ''),
  );
  if (scripts.length > MAX_SCRIPTS) {
    page.notes.limit(`Of ${scripts.length} JSON-LD blocks the first ${MAX_SCRIPTS} were read.`);
  }
  const budget: Budget = { nodes: MAX_NODES, exceeded: false };
  const things = scripts.slice(0, MAX_SCRIPTS).flatMap((script, i) => {
    return valuesFrom(parsed(ownText(script), i + 1, page), 0, budget);
  });
  if (budget.exceeded)
    page.notes.limit('The JSON-LD is too large or too deeply nested; a part of it was not read.');
  const roots = things.flatMap((value) => ('types' in value ? [value] : []));
  return roots.flatMap((root) => [
    root,
    ...(root.props.get('@graph') ?? []).flatMap((value) => ('types' in value ? [value] : [])),
  ]);
}
