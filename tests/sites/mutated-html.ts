/** Pages of which parts are cut out, doubled or replaced, for readers that must not fall over. */
import fc from 'fast-check';

const oddities = [
  '',
  '<',
  '</div>',
  '<div class="',
  '"><table><tr>',
  '\0',
  '\ud800',
  '&#x110000;',
  'style="background-image:url(\'javascript:1\')"',
  '{"a":[[[[',
  '<template>',
  '<p>'.repeat(50),
];

export function mutatedHtml(html: string): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(html.length),
    length: fc.nat(300),
    by: fc.oneof(fc.constantFrom(...oddities), fc.string({ maxLength: 40 })),
    twice: fc.boolean(),
  });
  return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) =>
    changes.reduce((text, { at, length, by, twice }) => {
      const cut = text.slice(at, at + length);
      return text.slice(0, at) + by + (twice ? cut + cut : '') + text.slice(at + length);
    }, html),
  );
}
