/** Bundles for tests: written, opened, changed, written again. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verification } from '../../../contract/model/bundle.ts';
import { writeManifest } from '../../../evidence/bag/manifest.ts';
import type { BundlePlan } from '../../../evidence/build/plan.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { toPem } from '../../../evidence/identity/pem.ts';
import { nodeEd25519 } from '../../../evidence/log/ed25519-node.ts';
import { signDetached } from '../../../evidence/signature/sign.ts';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { verifyBundle } from '../../../evidence/verify/verify.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { contentOf, openZip } from '../../../evidence/zip/reader.ts';
import { createZipWriter, memorySink } from '../../../evidence/zip/writer.ts';
import { id } from './sample.ts';
import { writeBundle } from './write-bundle.ts';

export const signingTime = new Date('2026-05-03T12:35:00Z');
export const base = `holdfast-${id(7)}`;

export function makeIdentity(name: string): Promise<Identity> {
  return createIdentity({
    name,
    organisation: 'Invented Monitor',
    email: null,
    now: new Date('2026-01-01T00:00:00Z'),
  });
}

export function signWith(identity: Identity, at = signingTime) {
  return async (content: Uint8Array) => ({
    p7s: await signDetached({ content, identity, signingTime: at }),
    certificate: identity.certificate,
    chain: identity.chain,
  });
}

/** The bytes of the bundle for a plan. */
export async function compile(plan: BundlePlan, identity: Identity, at = signingTime): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  try {
    const path = join(folder, 'bundle.zip');
    const written = await writeBundle({ plan, path, sign: signWith(identity, at), sha256: nodeSha256 });
    await written.commit();
    return new Uint8Array(await readFile(path));
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function verify(bytes: Uint8Array, ...trusted: readonly Identity[]): Promise<Verification> {
  return verifyStamped(bytes, trusted, []);
}

/** With certificates (DER) of time-stamping authorities that are trusted. */
export function verifyStamped(
  bytes: Uint8Array,
  trusted: readonly Identity[],
  tsaRoots: readonly Uint8Array[],
): Promise<Verification> {
  return verifyBundle({
    source: memorySource(bytes),
    sha256: nodeSha256,
    crc32: nodeCrc32,
    ed25519: nodeEd25519,
    trusted: trusted.map(({ certificate }) => certificate),
    tsaRoots,
  });
}

export function step(verification: Verification, name: Verification['steps'][number]['step']) {
  const found = verification.steps.find((each) => each.step === name);
  if (found === undefined) throw new Error(`no step ${name}`);
  return found;
}

/** Path in the bundle → bytes, in the order of the zip file. */
export type Files = Map<string, Uint8Array>;

export async function unpack(bytes: Uint8Array): Promise<Files> {
  const source = memorySource(bytes);
  const files: Files = new Map();
  for (const entry of (await openZip(source)).entries) {
    const pieces: Uint8Array[] = [];
    for await (const piece of contentOf(source, entry, nodeCrc32)) pieces.push(piece.slice());
    files.set(entry.name.slice(entry.name.indexOf('/') + 1), new Uint8Array(Buffer.concat(pieces)));
  }
  return files;
}

/** As the sample plan is compiled, where nothing else is said: its base folder, and the time of its entries. */
export async function pack(
  files: ReadonlyMap<string, Uint8Array>,
  { folder = base, modified = new Date('2026-05-03T12:34:56.789Z') } = {},
): Promise<Uint8Array> {
  const sink = memorySink();
  const zip = createZipWriter(sink, { modified, crc32: nodeCrc32 });
  for (const [path, bytes] of files) await zip.add(`${folder}/${path}`, bytes.length, [bytes]);
  await zip.finish();
  return sink.bytes();
}

/** What an attacker with a key does after changing files: everything that follows from them made anew. */
export async function resign(files: Files, identity: Identity): Promise<void> {
  const digests = (keep: (path: string) => boolean) =>
    new Map(
      [...files].filter(([path]) => keep(path)).map(([path, bytes]) => [path, toHex(nodeSha256.of(bytes))]),
    );
  const payload = [...files].filter(([path]) => path.startsWith('data/'));
  const size = payload.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  const info = text(files, 'bag-info.txt').replace(
    /Payload-Oxum: .*/,
    `Payload-Oxum: ${size}.${payload.length}`,
  );
  files.set('bag-info.txt', encode(info));
  files.set('manifest-sha256.txt', writeManifest(digests((path) => path.startsWith('data/'))));
  const isTag = (path: string) =>
    !path.startsWith('data/') && !path.startsWith('sig/') && path !== 'tagmanifest-sha256.txt';
  const tagManifest = writeManifest(digests(isTag));
  files.set('tagmanifest-sha256.txt', tagManifest);
  files.set(
    'sig/tagmanifest-sha256.txt.p7s',
    await signDetached({ content: tagManifest, identity, signingTime }),
  );
  files.set('sig/signer.pem', encode(toPem(identity.certificate)));
}

/** What a check says of the bundle once its signer has changed files and signed again. `files` stay as they are. */
export async function verifyResigned(
  files: ReadonlyMap<string, Uint8Array>,
  signer: Identity,
  change: (copy: Files) => void,
): Promise<Verification> {
  const copy: Files = new Map(files);
  change(copy);
  await resign(copy, signer);
  return verify(await pack(copy), signer);
}

export function text(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`no file ${path}`);
  return new TextDecoder().decode(bytes);
}

export function encode(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
