/**
 * The JSON Schema of evidence.json as it is published. After a change of the format:
 * `node tests/evidence/bundle/evidence-schema.ts && biome format --write docs/evidence.schema.json`
 */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { evidenceSchema } from '../../../evidence/bundle/evidence.ts';

export const publishedSchema = new URL('../../../docs/evidence.schema.json', import.meta.url);

export function evidenceJsonSchema(): unknown {
  const schema = z.toJSONSchema(evidenceSchema);
  return { ...schema, title: 'data/evidence.json of a Holdfast bundle, format holdfast-evidence/1' };
}

if (import.meta.main) writeFileSync(publishedSchema, `${JSON.stringify(evidenceJsonSchema(), null, 2)}\n`);
