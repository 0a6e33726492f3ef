/** fetch.txt: payload that lies elsewhere (RFC 8493, section 2.2.3). Nothing is fetched. */
import type { Declaration } from './declaration.ts';
import type { BagFindings } from './findings.ts';
import { parseFetchLine } from './list-lines.ts';
import type { Manifest } from './manifests.ts';
import type { BagNames } from './names.ts';
import { decodePath, escapeOf, plainPath } from './path.ts';
import { tagLines } from './tag-lines.ts';
import type { BagTree } from './tree.ts';

/** Checks every line; answers where each missing file would be fetched from, by path. */
export async function readFetch(
  tree: BagTree,
  declaration: Declaration,
  manifests: readonly Manifest[],
  names: BagNames,
  findings: BagFindings,
): Promise<Map<string, string>> {
  const wanted = new Map<string, string>();
  const file = tree.files.find(({ path, kind }) => path === 'fetch.txt' && kind === 'file');
  if (file === undefined) return wanted;
  for await (const { number, text } of tagLines(file, declaration.encoding, findings)) {
    if (text === '') continue;
    const at = `fetch.txt, line ${number}`;
    const line = parseFetchLine(text);
    if (line === null) {
      findings.error('fetch-line', `${at} is not 'address, length, path'.`, file.path);
      continue;
    }
    const decoded = decodePath(line.path, declaration.strict);
    const wayOut = escapeOf(decoded);
    const path = plainPath(decoded);
    if (wayOut !== null) {
      findings.error('path-escape', `${at}: the path ${wayOut}, and so may lead out of the bag.`, line.path);
      continue;
    }
    if (!path.startsWith('data/')) {
      findings.error('path-outside-payload', `${at}: only files in data/ may be fetched.`, line.path);
      continue;
    }
    const payload = manifests.filter(({ isPayload }) => isPayload);
    const listed = payload.filter(({ digests }) => digests.has(path)).length;
    if (declaration.strict ? listed < payload.length : listed === 0)
      findings.error('fetch-not-listed', `${at}: no digest is stated for what would be fetched.`, path);
    const present = names.find(path)?.file;
    if (present === undefined) wanted.set(path, line.url);
    else if (line.length !== null && line.length !== present.size)
      findings.error(
        'fetch-length',
        `${at} says ${line.length} bytes; the file here has ${present.size}.`,
        path,
      );
  }
  return wanted;
}
