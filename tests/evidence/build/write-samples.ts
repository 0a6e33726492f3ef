/** The sample bundles, written by a process of its own: `write-samples.ts FOLDER CERTIFICATE` (DER). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { signerOf } from '../../../evidence/identity/certificate.ts';
import { makeIdentity } from './bundle.ts';
import { datedSample } from './dated-sample.ts';
import { samplePlan } from './sample.ts';
import { derivedPlan } from './sample-derived.ts';
import { withCase } from './with-case.ts';
import { writeBundle } from './write-bundle.ts';

const [, , folder = '', file = ''] = process.argv;
const certificate = new Uint8Array(readFileSync(file));
// The key is another one in each process, and no byte outside sig/ may know.
const identity = { ...(await makeIdentity('Ada Invented')), certificate, signer: signerOf(certificate) };

for (const [name, plan] of [
  ['case.zip', withCase(samplePlan(identity))],
  ['dated.zip', datedSample(identity).plan],
  ['derived.zip', await derivedPlan(identity)],
] as const) {
  const written = await writeBundle({
    plan,
    path: join(folder, name),
    sha256: nodeSha256,
    sign: async () => ({ p7s: Uint8Array.of(1, 2, 3), certificate, chain: [] }),
  });
  await written.commit();
}
const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
process.stdout.write(JSON.stringify({ timeZone, locale }));
