/** Recordings inside a bundle are held against what they say of themselves. */
import { describe, expect, test } from 'vitest';
import type { Artifact } from '../../../contract/model/capture.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { concatBytes, toHex } from '../../../evidence/digest/sha256.ts';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { writeWacz } from '../../../evidence/wacz/write.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { contentOf, openZip } from '../../../evidence/zip/reader.ts';
import { createZipWriter, memorySink } from '../../../evidence/zip/writer.ts';
import { compile, encode, makeIdentity, step, verify } from '../build/bundle.ts';
import { samplePlan } from '../build/sample.ts';
import { artifactOf, withArtifact } from '../build/with-artifact.ts';
import { exchange, gathered, plan as waczPlan } from '../wacz/plan.ts';

const signer = await makeIdentity('Ada Invented');
const wacz = new Uint8Array(
  await gathered(
    (
      await writeWacz(
        waczPlan([exchange(0, 'https://x.example/1', { body: '<p>Crows of Elmwick', type: 'text/html' })], {
          pages: [
            {
              url: 'https://x.example/1',
              ts: '2026-03-04T09:31:00.000Z',
              id: 'page',
              title: null,
              text: null,
            },
          ],
        }),
      )
    ).bytes(),
  ),
);

/** The WACZ with files changed, in a zip file that holds. */
async function changed(change: (files: Map<string, Uint8Array>) => void): Promise<Uint8Array> {
  const source = memorySource(wacz);
  const { entries } = await openZip(source);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    const pieces: Uint8Array[] = [];
    for await (const piece of contentOf(source, entry, nodeCrc32)) pieces.push(piece.slice());
    files.set(entry.name, concatBytes(...pieces));
  }
  change(files);
  const sink = memorySink();
  const zip = createZipWriter(sink, { modified: new Date('2026-03-04T09:31:00Z'), crc32: nodeCrc32 });
  for (const [name, bytes] of files) await zip.add(name, bytes.length, [bytes]);
  await zip.finish();
  return sink.bytes();
}

function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  return new TextDecoder().decode(files.get(name));
}

/** datapackage.json with other words, and its digest made anew. */
function describeAnew(files: Map<string, Uint8Array>, change: (text: string) => string): void {
  const description = encode(change(textOf(files, 'datapackage.json')));
  files.set('datapackage.json', description);
  const hash = `sha256:${toHex(nodeSha256.of(description))}`;
  files.set('datapackage-digest.json', encode(JSON.stringify({ path: 'datapackage.json', hash })));
}

async function bundleWith(role: Artifact['role'], bytes: Uint8Array) {
  return verify(
    await compile(
      withArtifact(samplePlan(signer), artifactOf(role, bytes, 'application/wacz+zip'), () => [bytes]),
      signer,
    ),
    signer,
  );
}

describe('a recording in a bundle', () => {
  test('as Holdfast writes it holds', async () => {
    const verification = await bundleWith('wacz', wacz);
    expect(verification.verdict).toBe('trusted');
    expect(step(verification, 'wacz')).toMatchObject({ status: 'ok', code: 'ok' });
    expect(step(verification, 'wacz').message).toContain('every file and every record has the hash');
  });

  test.each<readonly [string, (files: Map<string, Uint8Array>) => void, string]>([
    [
      'with an answer that was changed',
      (files) => {
        const warc = textOf(files, 'archive/data.warc').replace('Crows', 'Doves');
        files.set('archive/data.warc', encode(warc));
      },
      'file-changed',
    ],
    [
      'with an answer that was changed, and described anew',
      (files) => {
        const before = `sha256:${toHex(nodeSha256.of(files.get('archive/data.warc') ?? encode('')))}`;
        const warc = encode(textOf(files, 'archive/data.warc').replace('Crows', 'Doves'));
        files.set('archive/data.warc', warc);
        describeAnew(files, (text) => text.replace(before, `sha256:${toHex(nodeSha256.of(warc))}`));
      },
      'record-digest-differs',
    ],
    [
      'with a file that nothing lists',
      (files) => files.set('archive/more.txt', encode('x')),
      'file-unlisted',
    ],
    [
      'with another size',
      (files) => describeAnew(files, (text) => text.replace(/"bytes": \d/, '"bytes": 9')),
      'size-differs',
    ],
    ['without its description', (files) => files.delete('datapackage.json'), ''],
    [
      'whose description was changed',
      (files) => files.set('datapackage.json', encode(`${textOf(files, 'datapackage.json')} `)),
      'package-changed',
    ],
  ])('%s fails, though signer and log vouch for it', async (_what, change, code) => {
    const bytes = await changed(change);
    const verification = await bundleWith('wacz', bytes);
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'leaves').status).toBe('ok');
    expect(step(verification, 'wacz').status).toBe('failed');
    if (code !== '') expect(step(verification, 'wacz').code).toBe(code);
    expect(step(verification, 'wacz').message).toContain('capture.wacz: ');
  });
});

/** What js-wacz before 0.2.0 wrote: every piece of a file taken in twice. */
function hashedTwice(bytes: Uint8Array): string {
  return toHex(nodeSha256.of(concatBytes(bytes, bytes)));
}

test('hashes that js-wacz made before 0.2.0 are recognised, and said', async () => {
  const bytes = await changed((files) => {
    const warc = files.get('archive/data.warc') ?? encode('');
    describeAnew(files, (text) => text.replace(toHex(nodeSha256.of(warc)), hashedTwice(warc)));
  });
  const verification = await bundleWith('wacz', bytes);
  expect(verification.verdict).toBe('trusted');
  expect(step(verification, 'wacz')).toMatchObject({ status: 'ok', code: 'resource-hashed-twice' });
  expect(step(verification, 'wacz').message).toContain('js-wacz made before its version 0.2.0');
});

test('a WACZ of others that is wrong in itself is said, and is no fault of the bundle', async () => {
  const bytes = await changed((files) => files.set('archive/data.warc', encode('not what was listed')));
  const verification = await bundleWith('original', bytes);
  expect(verification.verdict).toBe('trusted');
  expect(step(verification, 'wacz')).toMatchObject({ status: 'not-known' });
  expect(step(verification, 'wacz').message).toContain(
    'made by others and received so; it is unchanged since',
  );
});
