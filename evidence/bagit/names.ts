/** Finding listed files in the tree, where a system may have changed case or normalisation of their names. */
import type { BagFindings } from './findings.ts';
import { foldPath, isSystemFile, portabilityOf } from './path.ts';
import type { BagFile } from './tree.ts';

export class BagNames {
  readonly #byPath: ReadonlyMap<string, BagFile>;
  readonly #byFold = new Map<string, BagFile[]>();

  constructor(files: readonly BagFile[]) {
    const real = files.filter(({ kind }) => kind === 'file');
    this.#byPath = new Map(real.map((file) => [file.path, file]));
    for (const file of real) {
      const key = foldPath(file.path);
      this.#byFold.set(key, [...(this.#byFold.get(key) ?? []), file]);
    }
  }

  /** The file itself, or the only one whose name differs by no more than case and normalisation. */
  find(path: string): { file: BagFile; exact: boolean } | null {
    const file = this.#byPath.get(path);
    if (file !== undefined) return { file, exact: true };
    const [only, ...others] = this.#byFold.get(foldPath(path)) ?? [];
    return only !== undefined && others.length === 0 ? { file: only, exact: false } : null;
  }
}

/** Warns of names that are one file, or none, on another system. `listed`: every path that a list names. */
export function checkNames(
  files: readonly BagFile[],
  listed: ReadonlySet<string>,
  findings: BagFindings,
): void {
  const seen = new Map<string, string>();
  for (const path of new Set([...files.map((file) => file.path), ...listed])) {
    const key = foldPath(path);
    const other = seen.get(key);
    if (other === undefined) seen.set(key, path);
    else
      findings.warn(
        'name-clash',
        `It differs from ${JSON.stringify(other.slice(0, 300))} only in case or normalisation: on many systems the two are one file.`,
        path,
      );
    if (listed.has(path) && isSystemFile(path))
      findings.warn('system-file', 'Systems make, change and remove this file on their own.', path);
    const reason = portabilityOf(path);
    if (reason !== null) findings.warn('name-not-portable', `The name ${reason}.`, path);
  }
}
