/**
 * What the command line says, and how it ends. `--json`: one JSON document on standard output; everything for people
 * goes to standard error then.
 */
import { HoldfastError, toFailure } from '../contract/errors.ts';

export const exitCode = { done: 0, refused: 1, usage: 2, signerNotChecked: 3 } as const;

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
        json ? `${JSON.stringify(document, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''),
      );
    },
  };
}

/** Says what went wrong and gives the exit code. With `--json` the failure is the document. */
export function fail(error: unknown, json: boolean): number {
  const failure = toFailure(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: failure }, null, 2)}\n`);
  process.stderr.write(`holdfast: ${failure.message} [${failure.code}]\n`);
  if (failure.code === 'internal' && error instanceof Error && process.env.HOLDFAST_DEBUG) {
    process.stderr.write(`${error.stack ?? ''}\n`);
  }
  return error instanceof HoldfastError && error.code === 'bad-usage' ? exitCode.usage : exitCode.refused;
}

/** Text from a source as one line for a terminal: control characters, escape sequences among them, are shown, not sent. */
export function oneLine(text: string, length: number): string {
  const printable = text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\u{fffd}')
    .trim();
  const points = [...printable];
  return points.length > length ? `${points.slice(0, length - 1).join('')}…` : printable;
}
