/** The files of a WACZ against the hashes and sizes that datapackage.json states. */
import { type Sha256, toHex } from '../digest/sha256.ts';
import { quoted, type WaczFindings } from './check-findings.ts';
import type { PackageFiles } from './package-files.ts';
import { sha256Label, type WaczPackage, type WaczResource } from './read-package.ts';

/** What names a file that no resource can name: its own hash, or the signature over it. */
const unlistable = new Set(['datapackage.json', 'datapackage-digest.json']);

/** Fails the steps 'resources' and 'unlisted-files', or says what held. Throws ZipError. */
export async function checkResources(
  files: PackageFiles,
  findings: WaczFindings,
  sha256: Sha256,
  { resources }: WaczPackage,
): Promise<void> {
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const resource of resources) {
    const { path } = resource;
    if (seen.has(path)) {
      findings.fail('resources', 'resource-twice', `datapackage.json lists ${quoted(path)} twice.`);
      continue;
    }
    seen.add(path);
    if ((await checkResource(files, findings, sha256, resource)) === 'hashed-twice') twice.push(path);
  }
  if (resources.length === 0) findings.fail('resources', 'nothing-listed', 'datapackage.json lists no file.');
  if (twice.length > 0) {
    findings.say(
      'resources',
      'ok',
      'resource-hashed-twice',
      `All ${resources.length} listed files are there and unchanged. ${twice.length} of them (${quoted(twice[0] ?? '')}) carry hashes that js-wacz made before its version 0.2.0, which took in every 64 KiB twice: computed the same way they are equal, so the files are those that were packed; other programs will call them changed.`,
    );
  }
  findings.say(
    'resources',
    'ok',
    'ok',
    `All ${resources.length} listed files are there, with the hashes that datapackage.json states.`,
  );
  checkUnlisted(files, findings, seen);
}

async function checkResource(
  files: PackageFiles,
  findings: WaczFindings,
  sha256: Sha256,
  { path, hash, bytes }: WaczResource,
): Promise<'hashed-twice' | null> {
  const size = files.size(path);
  const expected = sha256Label(hash);
  if (size === null) {
    findings.fail('resources', 'file-missing', `${quoted(path)} is listed, but missing.`);
  } else if (bytes !== undefined && bytes !== size) {
    findings.fail(
      'resources',
      'size-differs',
      `${quoted(path)} has ${size} bytes; datapackage.json says ${bytes}.`,
    );
  } else if (expected === null) {
    findings.fail('resources', 'hash-unknown', `${quoted(path)} has no SHA-256 that can be checked.`);
  } else if ((await digest(files, sha256, path)) !== expected) {
    // Only with its size stated is a hash over doubled pieces as binding as one over the file.
    if (bytes !== undefined && (await doubledDigest(files, sha256, path)) === expected) return 'hashed-twice';
    findings.fail(
      'resources',
      'file-changed',
      `${quoted(path)} is not the file that was listed: its SHA-256 differs.`,
    );
  }
  return null;
}

function checkUnlisted(files: PackageFiles, findings: WaczFindings, listed: ReadonlySet<string>): void {
  for (const path of files.paths()) {
    if (listed.has(path) || unlistable.has(path)) continue;
    findings.fail(
      'unlisted-files',
      'file-unlisted',
      `${quoted(path)} is not listed in datapackage.json: nothing covers it.`,
    );
  }
  findings.say('unlisted-files', 'ok', 'ok', 'No file stands in the package that is not listed.');
}

async function digest(files: PackageFiles, sha256: Sha256, path: string): Promise<string> {
  const running = sha256.start();
  for await (const piece of files.content(path)) running.update(piece);
  return toHex(running.digest());
}

/** Pieces as a Node stream reads a file. */
const nodeChunk = 64 * 1024;

/** js-wacz before 0.2.0 fed each piece of a file twice into the hash (its change log, 'Historical hashes'). */
async function doubledDigest(files: PackageFiles, sha256: Sha256, path: string): Promise<string> {
  const running = sha256.start();
  const held = new Uint8Array(nodeChunk);
  let filled = 0;
  const flush = () => {
    running.update(held.subarray(0, filled));
    running.update(held.subarray(0, filled));
    filled = 0;
  };
  for await (const piece of files.content(path)) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + nodeChunk - filled);
      held.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === nodeChunk) flush();
    }
  }
  if (filled > 0) flush();
  return toHex(running.digest());
}
