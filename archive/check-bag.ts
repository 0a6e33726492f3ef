/** Checking a bag that lies on the disk: a folder, or a zip file with one in it. */
import { createHash, getHashes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../contract/errors.ts';
import type { BagCheck } from '../contract/model/bag-check.ts';
import { checkBag } from '../evidence/bagit/check.ts';
import { BagFindings } from '../evidence/bagit/findings.ts';
import type { BagFile, BagTree, HashByName } from '../evidence/bagit/tree.ts';
import type { ByteSource } from '../evidence/source/byte-source.ts';
import { withFileSource } from '../evidence/source/file.ts';
import { nodeCrc32 } from '../evidence/zip/crc32-node.ts';
import { ZipError } from '../evidence/zip/error.ts';
import { type ForeignEntry, foreignContent, openForeignZip } from '../evidence/zip/foreign.ts';
import type { WorkOptions } from './work.ts';

/** More files than this would need more memory than a check should. */
const maxFiles = 1_000_000;
const maxDepth = 200;

/** Names of hashes as a manifest writes them, without hyphens and slashes, to those of Node. */
const hashes = new Map(getHashes().map((name) => [name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''), name]));

const nodeHash: HashByName = (name) => {
  const known = hashes.get(name);
  if (known === undefined) return null;
  const hash = createHash(known);
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
};

/**
 * Checks the bag at `path`. A bag that is not valid is an answer, no error. Errors: `file-not-found`, `file-unreadable`,
 * `file-not-understood` for a file that is no zip (tar is not read), `file-too-large`, `cancelled`.
 */
export async function checkBagAt(path: string, options: WorkOptions = {}): Promise<BagCheck> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new HoldfastError('file-not-found', `There is nothing at ${path}. Check the path.`, { cause });
  });
  if (found.isDirectory()) return checkBag({ tree: await folderTree(path), hash: nodeHash, ...options });
  return withFileSource(path, (source) => checkZip(source, path, options));
}

/** Every file below `root`, in the order of their paths; links are told, not followed. */
async function folderTree(root: string): Promise<BagTree> {
  const files: BagFile[] = [];
  let hasPayloadFolder = false;
  const walk = async (folder: string, depth: number): Promise<void> => {
    const entries = await opendir(join(root, folder)).catch((cause: unknown) => {
      throw new HoldfastError('file-unreadable', `The folder ${join(root, folder)} cannot be read.`, {
        cause,
      });
    });
    for await (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (depth === maxDepth || files.length > maxFiles)
          throw new HoldfastError('file-too-large', `${root} has more folders or files than are checked.`);
        if (path === 'data') hasPayloadFolder = true;
        await walk(path, depth + 1);
      } else files.push(await fileAt(root, path, entry));
    }
  };
  await walk('', 0);
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, hasPayloadFolder };
}

async function fileAt(
  root: string,
  path: string,
  entry: { isSymbolicLink(): boolean; isFile(): boolean },
): Promise<BagFile> {
  const whole = join(root, path);
  const kind = entry.isSymbolicLink() ? 'link' : entry.isFile() ? 'file' : 'other';
  // A file that vanishes here is reported when it is read.
  const size =
    kind === 'file'
      ? await stat(whole).then(
          (found) => found.size,
          () => 0,
        )
      : 0;
  return { path, kind, size, content: () => contentAt(whole) };
}

async function* contentAt(path: string): AsyncGenerator<Uint8Array> {
  try {
    // It was a file a moment ago; a link that has taken its place is not followed.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const scratch = new Uint8Array(1024 * 1024);
      for (;;) {
        const { bytesRead } = await handle.read(scratch, 0, scratch.length);
        if (bytesRead === 0) return;
        yield scratch.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw new HoldfastError('file-unreadable', 'It cannot be read.', { cause });
  }
}

async function checkZip(source: ByteSource, path: string, options: WorkOptions): Promise<BagCheck> {
  const findings = new BagFindings();
  let entries: ForeignEntry[] = [];
  try {
    entries = await openForeignZip(source);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    if (error.problem === 'not-a-zip') {
      throw new HoldfastError(
        'file-not-understood',
        `Expected a folder or a zip file; ${path} is neither. Other packings of bags, tar among them, are not read: unpack it, then check the folder.`,
        { cause: error },
      );
    }
    findings.error(`zip-${error.problem}`, error.message);
  }
  return checkBag({ tree: zipTree(source, entries, findings), hash: nodeHash, findings, ...options });
}

/** The one bag in a zip file (RFC 8493, section 4): all of it lies in one folder. */
function zipTree(source: ByteSource, entries: readonly ForeignEntry[], findings: BagFindings): BagTree {
  const atTop = entries.some(({ name }) => name === 'bagit.txt');
  const folders = new Set(entries.map(({ name }) => name.split('/')[0] ?? ''));
  if (atTop) findings.warn('no-base-folder', 'The bag should lie in one folder inside the zip file.');
  else if (folders.size > 1)
    findings.error(
      'not-one-folder',
      `The zip file has ${folders.size} files and folders at its top; a bag is one folder.`,
    );
  const bag = atTop
    ? ''
    : `${entries.find(({ name }) => /^[^/]+\/bagit\.txt$/.test(name))?.name.split('/')[0] ?? [...folders][0] ?? ''}/`;
  const inside = entries.flatMap((entry) =>
    entry.name.startsWith(bag) ? [{ entry, path: entry.name.slice(bag.length) }] : [],
  );
  const files = inside
    .filter(({ path }) => path !== '' && !path.endsWith('/'))
    .map(
      ({ entry, path }): BagFile => ({
        path,
        size: entry.size,
        kind: entry.isLink ? 'link' : 'file',
        content: () => foreignContent(source, entry, nodeCrc32),
      }),
    );
  for (const { path } of files)
    if (path.split(/[/\\]/).includes('..') || path.startsWith('/'))
      findings.error('path-escape', 'The name of this file in the zip file leads out of the bag.', path);
  return { files, hasPayloadFolder: inside.some(({ path }) => path.startsWith('data/')) };
}
