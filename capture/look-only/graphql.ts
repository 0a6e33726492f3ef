/** Whether a request to a GraphQL server reads or changes something (spec.graphql.org, section 2.3), in the forms that platforms use. */
import { z } from 'zod';
import type { Action } from '../../contract/model/look-only.ts';
import { actionOfOperation } from './words.ts';

/** Characters of a document that are looked at. */
const longest = 1024 * 1024;

const operation = z.object({
  query: z.string().optional(),
  operationName: z.string().nullish(),
  /** As Reddit calls it. */
  operation: z.string().optional(),
});
const operations = z.union([operation.transform((one) => [one]), z.array(operation).max(100)]);

/** Where the comment or string that begins at `at` ends; `at` where none does. In one pass: the text is hostile. */
function skipped(text: string, at: number): number {
  const end = (found: number, length: number): number => (found < 0 ? text.length : found + length);
  if (text[at] === '#') return end(text.indexOf('\n', at), 0);
  if (text.startsWith('"""', at)) return end(text.indexOf('"""', at + 3), 3);
  if (text[at] !== '"') return at;
  let i = at + 1;
  while (i < text.length && text[i] !== '"' && text[i] !== '\n') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}

/** Operations of a document: what stands outside of every brace, without comments and strings. */
function operationsIn(document: string): { type: string; name: string }[] {
  const text = document.slice(0, longest);
  let depth = 0;
  let outside = '';
  for (let i = 0; i < text.length; ) {
    const next = skipped(text, i);
    if (next > i) {
      i = next;
      continue;
    }
    const character = text[i] ?? '';
    if (character === '{' || character === '(') depth += 1;
    if (depth === 0) outside += character;
    if (character === '}' || character === ')') depth -= 1;
    if (depth === 0 && character === '}') outside += ' ';
    i += 1;
  }
  return [...outside.matchAll(/\b(query|mutation|subscription)\b[ \t\r\n,]*(\w*)/g)].map(
    ([, type = '', name = '']) => ({ type, name }),
  );
}

/** The action of a mutation, as far as its name tells. */
function mutation(name: string): Action {
  return actionOfOperation(`${name}Mutation`) ?? 'change';
}

function ofDocument(document: string, chosen: string | null): Action | null {
  const found = operationsIn(document);
  // Of several the one that is chosen by name is carried out.
  const named = found.filter(({ name }) => name === chosen);
  const carriedOut = (named.length > 0 ? named : found).find(({ type }) => type === 'mutation');
  return carriedOut === undefined ? null : mutation(carriedOut.name);
}

function ofJson(body: string): Action | null {
  let said: z.infer<typeof operations>;
  try {
    said = operations.parse(JSON.parse(body));
  } catch {
    return null;
  }
  for (const { query, operationName, operation: called } of said) {
    const name = operationName ?? called ?? null;
    const action =
      query === undefined ? (name === null ? null : actionOfOperation(name)) : ofDocument(query, name);
    if (action !== null) return action;
  }
  return null;
}

function ofForm(body: string | URLSearchParams): Action | null {
  const form = new URLSearchParams(body);
  const name = form.get('fb_api_req_friendly_name') ?? form.get('operationName') ?? form.get('opname');
  const document = form.get('query');
  if (document !== null) return ofDocument(document, name);
  return name === null ? null : actionOfOperation(name);
}

export function isGraphql(path: string): boolean {
  return /\/graphql(?:\/|$)/i.test(path);
}

/** `body` null: there is one that could not be read, which counts as a change. */
export function graphqlAction(url: URL, body: string | null): Action | null {
  // https://x.com/i/api/graphql/<id>/<name>
  const named = /\/graphql\/[\w-]+\/(\w+)$/i.exec(url.pathname)?.[1];
  const byAddress = named === undefined ? ofForm(url.searchParams) : actionOfOperation(named);
  if (byAddress !== null) return byAddress;
  if (named !== undefined) return null;
  if (body === null) return 'change';
  return ofJson(body) ?? ofForm(body);
}
