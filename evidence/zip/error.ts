/** What a strict reader can find wrong with a zip file; each has its own code, for a person and for a test. */
import { HoldfastError } from '../../contract/errors.ts';

export const zipProblems = [
  'not-a-zip',
  'truncated',
  'comment',
  'trailing-bytes',
  'prefix',
  'directory-damaged',
  'too-many-entries',
  'name-not-allowed',
  'path-escape',
  'duplicate-name',
  'compressed',
  'encrypted',
  'link',
  'attributes',
  'flags',
  'sizes',
  'gap',
  'overlap',
  'out-of-bounds',
  'times',
  'not-canonical',
  'local-differs',
  'checksum',
  'content-damaged',
  'expansion',
] as const;
export type ZipProblem = (typeof zipProblems)[number];

export class ZipError extends HoldfastError {
  readonly problem: ZipProblem;
  /** The name of the entry as it stands in the file: attacker-controlled, to be shown only. */
  readonly entry: string | null;

  constructor(problem: ZipProblem, message: string, entry: string | null = null) {
    super('bundle-not-readable', entry === null ? message : `${message} Entry: ${shown(entry)}.`, {
      details: { problem, entry: entry === null ? null : shown(entry) },
    });
    this.name = 'ZipError';
    this.problem = problem;
    this.entry = entry;
  }
}

/** A foreign name for a message: no control characters, no endless lines. */
function shown(name: string): string {
  const cut = name.length > 200 ? `${name.slice(0, 200)}…` : name;
  return JSON.stringify(cut).replaceAll(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    '\ufffd',
  );
}
