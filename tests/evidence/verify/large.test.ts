/** A bundle of more than 4 GiB: checked in pieces, whatever its size. Nothing of it lies on the disk. */
import { expect, test } from 'vitest';
import { writeManifest } from '../../../evidence/bag/manifest.ts';
import { renderBundle } from '../../../evidence/build/render.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { toPem } from '../../../evidence/identity/pem.ts';
import type { ByteSource } from '../../../evidence/source/byte-source.ts';
import { verifyBundle } from '../../../evidence/verify/verify.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { createZipWriter, type ZipSink } from '../../../evidence/zip/writer.ts';
import { base, encode, makeIdentity, signWith } from '../build/bundle.ts';
import { samplePlan } from '../build/sample.ts';
import { withArtifact } from '../build/with-artifact.ts';

const mebibyte = 1024 * 1024;
const size = 4 * 1024 * mebibyte + 7 * mebibyte;
const piece = Uint8Array.from({ length: mebibyte }, (_, i) => (i * 31) % 251);

function* video(): Generator<Uint8Array> {
  for (let at = 0; at < size; at += piece.length) yield piece;
}

/** A file made of pieces, each held once however often it stands there. */
class Pieces implements ZipSink, ByteSource {
  readonly #parts: { start: number; bytes: Uint8Array }[] = [];
  size = 0;

  async write(bytes: Uint8Array): Promise<void> {
    this.#parts.push({ start: this.size, bytes: bytes.length === mebibyte ? piece : bytes.slice() });
    this.size += bytes.length;
  }

  async patch(offset: number, bytes: Uint8Array): Promise<void> {
    const part = this.#at(offset);
    part.bytes.set(bytes, offset - part.start);
  }

  #at(offset: number): { start: number; bytes: Uint8Array } {
    let [low, high] = [0, this.#parts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#parts[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const part = this.#parts[low];
    if (part === undefined) throw new RangeError('nothing there');
    return part;
  }

  async read(offset: number, length: number, scratch?: Uint8Array): Promise<Uint8Array> {
    const into = scratch?.subarray(0, length) ?? new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const { start, bytes } = this.#at(offset + at);
      const part = bytes.subarray(offset + at - start, offset - start + length);
      into.set(part, at);
      at += part.length;
    }
    return into;
  }
}

async function writeLarge(): Promise<{ bundle: Pieces; certificate: Uint8Array }> {
  const signer = await makeIdentity('Ada Invented');
  const running = nodeSha256.start();
  for (const each of video()) running.update(each);
  const artifact = {
    role: 'original',
    sha256: toHex(running.digest()),
    size,
    mediaType: 'video/mp4',
    name: null,
  } as const;
  const plan = withArtifact(samplePlan(signer), artifact, video);
  const bundle = new Pieces();
  const zip = createZipWriter(bundle, { modified: new Date(plan.createdAt), crc32: nodeCrc32 });
  const payload = new Map<string, string>();
  const tags = new Map<string, string>();
  const add = async (path: string, bytes: Uint8Array) => {
    await zip.add(`${base}/${path}`, bytes.length, [bytes]);
    (path.startsWith('data/') ? payload : tags).set(path, toHex(nodeSha256.of(bytes)));
  };
  for (const file of renderBundle(plan, nodeSha256).files) {
    if ('bytes' in file) await add(file.path, file.bytes);
    else {
      await zip.add(`${base}/${file.path}`, file.size, plan.openArtifact(file.artifact));
      payload.set(file.path, file.artifact);
    }
  }
  await add('manifest-sha256.txt', writeManifest(payload));
  const tagManifest = writeManifest(tags);
  await add('tagmanifest-sha256.txt', tagManifest);
  const { p7s, certificate } = await signWith(signer)(tagManifest);
  await add('sig/tagmanifest-sha256.txt.p7s', p7s);
  await add('sig/signer.pem', encode(toPem(certificate)));
  await zip.finish();
  return { bundle, certificate };
}

test('holds, is Zip64, and takes no more memory than a small one', { timeout: 600_000 }, async () => {
  const { bundle, certificate } = await writeLarge();
  expect(bundle.size).toBeGreaterThan(2 ** 32);
  const used = () => process.memoryUsage().rss;
  const before = used();
  let most = before;
  const progress = () => {
    most = Math.max(most, used());
  };
  const started = performance.now();

  const verification = await verifyBundle({
    source: bundle,
    sha256: nodeSha256,
    crc32: nodeCrc32,
    trusted: [certificate],
    progress,
  });

  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(verification.verdict).toBe('trusted');
  const seconds = (performance.now() - started) / 1000;
  console.info(
    `${(bundle.size / 2 ** 30).toFixed(2)} GiB in ${seconds.toFixed(1)} s, ${((most - before) / mebibyte).toFixed(0)} MiB more memory`,
  );
  expect(most - before).toBeLessThan(128 * mebibyte);
});
