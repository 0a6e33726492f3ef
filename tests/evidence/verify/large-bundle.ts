/** Bundles of any size, made of one piece again and again: nothing of them lies on the disk, little in memory. */
import type { Artifact } from '../../../contract/model/capture.ts';
import { writeManifest } from '../../../evidence/bag/manifest.ts';
import { renderBundle } from '../../../evidence/build/render.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { toPem } from '../../../evidence/identity/pem.ts';
import type { ByteSource } from '../../../evidence/source/byte-source.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { createZipWriter, type ZipSink } from '../../../evidence/zip/writer.ts';
import { base, encode, makeIdentity, signWith } from '../build/bundle.ts';
import { samplePlan } from '../build/sample.ts';
import { artifactOf, withArtifacts } from '../build/with-artifact.ts';

const mebibyte = 1024 * 1024;
const piece = Uint8Array.from({ length: mebibyte }, (_, i) => (i * 31) % 251);

function* repeated(size: number): Generator<Uint8Array> {
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

/** A signed bundle whose one capture holds a video of `mebibytes` and `others` small files. */
export async function writeLarge({
  mebibytes,
  others = 0,
}: {
  mebibytes: number;
  others?: number;
}): Promise<{ bundle: ByteSource; certificate: Uint8Array }> {
  const size = mebibytes * mebibyte;
  const signer = await makeIdentity('Ada Invented');
  const running = nodeSha256.start();
  for (const each of repeated(size)) running.update(each);
  const sha256 = toHex(running.digest());
  const video = { role: 'original', sha256, size, mediaType: 'video/mp4', name: null } as const;
  const small = new Map<string, Uint8Array>();
  const artifacts: Artifact[] = [video];
  for (let i = 0; i < others; i++) {
    const bytes = encode(String(i));
    const artifact = artifactOf('media', bytes, 'image/png');
    small.set(artifact.sha256, bytes);
    artifacts.push(artifact);
  }
  const plan = withArtifacts(samplePlan(signer), artifacts, (name) => {
    const bytes = small.get(name);
    return name === sha256 ? repeated(size) : bytes === undefined ? null : [bytes];
  });
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
