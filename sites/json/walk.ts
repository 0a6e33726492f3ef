/** Every object of a JSON document in the order in which it stands there, within bounds. */
import type { Notes } from '../notes.ts';
import { isObject, type JsonObject, stringAt } from './members.ts';

/** Real answers nest some forty deep. */
const MAX_DEPTH = 400;
const MAX_NODES = 2_000_000;

export interface Visited {
  value: JsonObject;
  /** The object around it, and the name under which that holds it (through lists). */
  holder: JsonObject | null;
  name: string | null;
  /** The string member `mark` of the nearest object around it that has one. */
  within: string | null;
}

interface Open {
  value: object;
  holder: JsonObject | null;
  name: string | null;
  within: string | null;
  depth: number;
}

function inside({ value, holder, name, within, depth }: Open, mark: string, room: number): Open[] {
  const items: Open[] = [];
  const marked = stringAt(value, mark) ?? within;
  const put = (item: unknown, around: JsonObject | null, under: string | null) => {
    if (typeof item === 'object' && item !== null && items.length < room)
      items.push({ value: item, holder: around, name: under, within: marked, depth: depth + 1 });
  };
  if (isObject(value)) for (const [key, item] of Object.entries(value)) put(item, value, key);
  else if (Array.isArray(value)) for (const item of value) put(item, holder, name);
  return items.reverse();
}

/** Never recursive: a document may nest as deep as its length allows. */
export function* objectsOf(document: unknown, notes: Notes, mark = ''): Generator<Visited> {
  if (typeof document !== 'object' || document === null) return;
  const open: Open[] = [{ value: document, holder: null, name: null, within: null, depth: 0 }];
  let room = MAX_NODES;
  let isCut = false;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { value, holder, name, within } = node;
    if (isObject(value)) yield { value, holder, name, within };
    const items = node.depth < MAX_DEPTH ? inside(node, mark, room) : [];
    isCut ||= node.depth >= MAX_DEPTH || items.length === room;
    room -= items.length;
    for (const item of items) open.push(item);
  }
  if (isCut) notes.limit('An answer is too large or too deeply nested; a part of it was not read.');
}
