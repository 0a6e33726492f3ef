/**
 * A post of which some parts are withheld. What is shown must stand where a post as Holdfast writes it would have it:
 * otherwise words could be shown as a handle, or in another order than they were written.
 */

import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import {
  authorSchema,
  postContentSchema,
  postMediaSchema,
  sourceOfTextSchema,
  statedTimeSchema,
} from '../../contract/model/post.ts';
import {
  pollSchema,
  postCountSchema,
  postLinkSchema,
  postNoticeSchema,
  postReferenceSchema,
  postVersionSchema,
  translationSchema,
  withheldPartSchema,
} from '../../contract/model/post-facts.ts';
import { canonicalJson } from '../log/canonical.ts';
import type { Part } from '../post/parts.ts';
import { segments } from '../post/segments.ts';

const { shape } = postContentSchema;

/** The facts that every post has, in their committed order, and what each may say. */
export const facts: readonly (readonly [string, z.ZodType])[] = [
  ['kind', shape.kind],
  ['platform', shape.platform],
  ['platformId', shape.platformId],
  ['url', shape.url],
  ['author.name', authorSchema.shape.name],
  ['author.handle', authorSchema.shape.handle],
  ['author.platformId', authorSchema.shape.platformId],
  ['author.url', authorSchema.shape.url],
  ['postedAt', shape.postedAt],
  ['editedAt', shape.editedAt],
  ['language', shape.language],
  ['direction', shape.direction],
  ['readFrom', shape.readFrom],
  ['textLossy', shape.textLossy],
];

/** Of what follows the facts, these stand at most once. */
const singles: ReadonlySet<string> = new Set(['sourceOfText', 'poll', 'translation']);

/**
 * What follows the facts, in this order: what only some posts have, any number of media, of title segments, at least
 * one text segment.
 */
export const runs: readonly (readonly [string, z.ZodType])[] = [
  ['sourceOfText', sourceOfTextSchema],
  ['reference', postReferenceSchema],
  ['otherTime', statedTimeSchema],
  ['count', postCountSchema],
  ['link', postLinkSchema],
  ['poll', pollSchema],
  ['version', postVersionSchema],
  ['translation', translationSchema],
  ['notice', postNoticeSchema],
  ['withheld', withheldPartSchema],
  ['media', postMediaSchema],
  ['title', z.string()],
  ['text', z.string()],
];

function refuse(index: number): never {
  throw new HoldfastError('bad-input', `Part ${index} of the post is not what a post has in this place.`);
}

/** Checks the shown parts (null: withheld). Attacker-controlled. Errors: `bad-input`, with the place. */
export function checkPartial(parts: readonly (Part | null)[]): void {
  if (parts.length <= facts.length) {
    throw new HoldfastError(
      'bad-input',
      `Expected more than ${facts.length} parts of a post; found ${parts.length}.`,
    );
  }
  for (const [i, [name, schema]] of facts.entries()) {
    const part = parts[i];
    if (part !== null && part !== undefined && (part.name !== name || part.n !== 0 || !says(schema, part)))
      refuse(i);
  }
  checkRuns(parts.slice(facts.length));
}

/** Between two shown parts exactly as many must fit as are withheld there. */
function checkRuns(tail: readonly (Part | null)[]): void {
  let last = { run: 0, n: -1, at: -1 };
  let adjacent: string[] = [];
  for (const [at, part] of tail.entries()) {
    if (part === null) {
      adjacent = [];
      continue;
    }
    const run = runs.findIndex(([name]) => name === part.name);
    const [, schema] = runs[run] ?? [];
    if (schema === undefined || !says(schema, part)) refuse(facts.length + at);
    if (singles.has(part.name) && part.n > 0) refuse(facts.length + at);
    const fits =
      run === last.run ? part.n - last.n === at - last.at : run > last.run && part.n < at - last.at;
    if (!fits) refuse(facts.length + at);
    if (run !== last.run) adjacent = [];
    if (typeof part.value === 'string') {
      adjacent = [...adjacent.slice(-1), part.value];
      checkSegments(adjacent, part.n, facts.length + at);
    }
    last = { run, n: part.n, at };
  }
  if (tail[tail.length - 1] != null && last.run !== runs.length - 1) refuse(facts.length + tail.length - 1);
}

/** Shown words that stand together must be cut where Holdfast cuts. */
function checkSegments(adjacent: readonly string[], n: number, index: number): void {
  // Two are enough: where a text is cut depends on nothing further away.
  const expected = adjacent.slice(-2);
  const b = expected[expected.length - 1] ?? '';
  const cut = segments(expected.join(''));
  const isSame = cut.length === expected.length && cut.every((each, i) => each === expected[i]);
  // White space alone, and an empty text, are segments only at the beginning; after a word they would belong to it.
  const isLate = n > 0 && (b === '' || segments(`x ${b}`)[0] !== 'x ');
  if (!isSame || isLate) refuse(index);
}

/** The value fits, and has no member that the schema would drop. */
function says(schema: z.ZodType, part: Part): boolean {
  const parsed = z.json().safeParse(schema.safeParse(part.value).data);
  return parsed.success && canonicalJson(parsed.data) === canonicalJson(part.value);
}
