/**
 * What the command line says, and how it ends. `--json`: one JSON document on standard output; everything for people
 * goes to standard error then.
 */
import { HoldfastError, toFailure } from '../contract/errors.ts';

export const exitCode = { done: 0, refused: 1, usage: 2, signerNotChecked: 3, incomplete: 4 } as const;

export interface Output {
  json: boolean;
  /** For people: standard output, or standard error with `--json`. */
  say(line: string): void;
  /** The result of the command: the document with `--json`, the lines without. */
  result(document: unknown, lines: readonly string[]): void;
}

export function output(json: boolean): Output {
  return {
    json,
    say: (line) => void (json ? process.stderr : process.stdout).write(`${line}\n`),
    result: (document, lines) => {
      process.stdout.write(
        json
          ? `${JSON.stringify(document, null, 2)}\n`
          : lines.map((line) => `${printable(line)}\n`).join(''),
      );
    },
  };
}

/** Says what went wrong and gives the exit code. With `--json` the failure is the document. */
export function fail(error: unknown, json: boolean): number {
  const failure = toFailure(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: failure }, null, 2)}\n`);
  process.stderr.write(`holdfast: ${printable(failure.message)} [${failure.code}]\n`);
  if (failure.code === 'internal' && error instanceof Error && process.env.HOLDFAST_DEBUG) {
    process.stderr.write(`${error.stack ?? ''}\n`);
  }
  return error instanceof HoldfastError && error.code === 'bad-usage' ? exitCode.usage : exitCode.refused;
}

/**
 * A line for a terminal in which control characters are shown, not sent. Names of files, of signers and of what a
 * bundle holds are the source's: with an escape sequence one of them could write a verdict of its own.
 */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\u{fffd}');
}

/** Text from a source as one line, cut to `length` code points. */
export function oneLine(text: string, length: number): string {
  const line = printable(text.replace(/\s+/gu, ' ')).trim();
  const points = [...line];
  return points.length > length ? `${points.slice(0, length - 1).join('')}…` : line;
}
