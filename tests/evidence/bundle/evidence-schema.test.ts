import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evidenceJsonSchema, publishedSchema } from './evidence-schema.ts';

test('the published schema of evidence.json is the one that the program checks', () => {
  expect(JSON.parse(readFileSync(publishedSchema, 'utf8'))).toEqual(evidenceJsonSchema());
});
