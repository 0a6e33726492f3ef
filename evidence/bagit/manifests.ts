/** Reading the manifests of a bag: which file must have which digest. */
import type { Declaration } from './declaration.ts';
import type { BagFindings } from './findings.ts';
import { parseManifestLine } from './list-lines.ts';
import { decodePath, escapeOf, plainPath } from './path.ts';
import { tagLines } from './tag-lines.ts';
import type { BagFile, BagTree, HashByName } from './tree.ts';

export interface Manifest {
  /** The manifest's own path. */
  readonly path: string;
  /** As the hash is asked for: lower case, letters and digits. */
  readonly algorithm: string;
  readonly isPayload: boolean;
  /** Path, plain and decoded → digest. Null where its digests cannot be checked here. */
  readonly digests: ReadonlyMap<string, string>;
  readonly known: boolean;
}

const manifestName = /^(tag)?manifest-([A-Za-z0-9-]{1,40})\.txt$/;

/** All payload and tag manifests, in the order of the tree. */
export async function readManifests(
  tree: BagTree,
  declaration: Declaration,
  hash: HashByName,
  findings: BagFindings,
): Promise<Manifest[]> {
  const manifests: Manifest[] = [];
  for (const file of tree.files) {
    const [, tag, name] = manifestName.exec(file.path) ?? [];
    if (name === undefined || file.kind !== 'file') continue;
    const algorithm = name.toLowerCase().replaceAll('-', '');
    const empty = hash(algorithm)?.hex() ?? null;
    const known = empty !== null;
    const reading = new ManifestReader(file, tag === undefined, declaration, findings, empty?.length ?? null);
    manifests.push({
      path: file.path,
      algorithm,
      isPayload: tag === undefined,
      digests: await reading.read(),
      known,
    });
  }
  return manifests;
}

class ManifestReader {
  readonly #file: BagFile;
  readonly #isPayload: boolean;
  readonly #declaration: Declaration;
  readonly #findings: BagFindings;
  readonly #digestLength: number | null;
  readonly #digests = new Map<string, string>();

  constructor(
    file: BagFile,
    isPayload: boolean,
    declaration: Declaration,
    findings: BagFindings,
    digestLength: number | null,
  ) {
    this.#file = file;
    this.#isPayload = isPayload;
    this.#declaration = declaration;
    this.#findings = findings;
    this.#digestLength = digestLength;
  }

  async read(): Promise<Map<string, string>> {
    for await (const { number, text } of tagLines(this.#file, this.#declaration.encoding, this.#findings))
      this.#line(number, text);
    return this.#digests;
  }

  #line(number: number, text: string): void {
    const at = `${this.#file.path}, line ${number}`;
    if (text === '') {
      this.#findings.warn('manifest-empty-line', `${at} is empty.`, this.#file.path);
      return;
    }
    const line = parseManifestLine(text);
    if (line === null) {
      this.#findings.error('manifest-line', `${at} is not 'digest, space, path'.`, this.#file.path);
      return;
    }
    if (this.#digestLength !== null && line.digest.length !== this.#digestLength) {
      this.#findings.error('manifest-digest', `${at} has a digest of the wrong length.`, line.path);
    }
    if (line.starred) {
      this.#findings.warn(
        'manifest-star',
        `${at} has a '*' before the path, as md5sum and its kind write it.`,
        line.path,
      );
    }
    const path = this.#path(at, line.path);
    if (path !== null) this.#add(at, path, line.digest);
  }

  /** The path as the tree has it; null where it may not stand here. */
  #path(at: string, written: string): string | null {
    const decoded = decodePath(written, this.#declaration.strict);
    const wayOut = escapeOf(decoded);
    if (wayOut !== null) {
      this.#findings.error(
        'path-escape',
        `${at}: the path ${wayOut}, and so may lead out of the bag.`,
        written,
      );
      return null;
    }
    const path = plainPath(decoded);
    if (path !== decoded)
      this.#findings.warn('path-dots', `${at}: the path has './' or empty parts in it.`, written);
    if (this.#isPayload !== path.startsWith('data/')) {
      const [code, where] = this.#isPayload
        ? ['path-outside-payload', 'does not lie in data/, as all payload must']
        : ['tag-manifest-payload', 'is payload, which a tag manifest must not list'];
      this.#findings.error(code, `${at}: the file ${where}.`, written);
      return null;
    }
    return path;
  }

  #add(at: string, path: string, digest: string): void {
    const before = this.#digests.get(path);
    if (before === undefined) this.#digests.set(path, digest);
    else if (before !== digest)
      this.#findings.error('listed-twice-differently', `${at}: listed before, with another digest.`, path);
    else if (this.#declaration.strict)
      this.#findings.error('listed-twice', `${at}: listed before; version 1.0 does not allow it.`, path);
    else this.#findings.warn('listed-twice', `${at}: listed before, with the same digest.`, path);
  }
}
