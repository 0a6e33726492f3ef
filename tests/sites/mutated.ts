/** JSON documents with one thing or several made wrong, for readers that must not fall over. */
import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

function nested(depth: number): Json {
  let value: Json = 'deep';
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { legacy: value };
  return value;
}

const oddities: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    '',
    '\ud800 half a pair \udc00',
    'a\0b',
    1e308,
    -1,
    0.5,
    9_007_199_254_740_992,
    '99999999999999999999999999',
    'Tue Foo 99 99:99:99 +0000 2023',
    'javascript:alert(1)',
    'at://did:plc:x/app.bsky.feed.post/',
    [],
    {},
    [[[]]],
  ),
  fc.constant(null).map(() => nested(600)),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value))),
);

/** The places in a document: the list or object, and the name or number in it. */
function places(document: Json): [Json[] | { [name: string]: Json }, string][] {
  const found: [Json[] | { [name: string]: Json }, string][] = [];
  const open: Json[] = [document];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const name of Object.keys(value)) {
      found.push([value, name]);
      const inner = Array.isArray(value) ? value[Number(name)] : value[name];
      if (inner !== undefined) open.push(inner);
    }
  }
  return found;
}

/** The document with up to eight values replaced or left out. */
export function mutated(document: string): fc.Arbitrary<unknown> {
  const change = fc.record({ where: fc.nat(), what: fc.option(oddities, { nil: undefined }) });
  return fc.array(change, { minLength: 1, maxLength: 8 }).map((changes) => {
    const copy: Json = JSON.parse(document);
    for (const { where, what: odd } of changes) {
      // Each place gets a value of its own: a shared one could come to stand inside itself.
      const what = structuredClone(odd);
      const all = places(copy);
      const [holder, name] = all[where % Math.max(all.length, 1)] ?? [];
      if (holder === undefined || name === undefined) continue;
      if (Array.isArray(holder)) holder[Number(name)] = what ?? null;
      else if (what === undefined) delete holder[name];
      else holder[name] = what;
    }
    return copy;
  });
}
