/** HTTP exchanges out of the YAML in which Mastodon.py keeps them: of it just what those files use. */
import type { GivenAnswer } from '../counts.ts';

/** A single-quoted scalar, folded: a line break is a space, an empty line a line break. */
function unfolded(scalar: string): string {
  return scalar
    .replace(/[ \t]*\n[ \t]*((?:\n[ \t]*)*)/g, (_whole, empty: string) =>
      empty === '' ? ' ' : '\n'.repeat(empty.split('\n').length - 1),
    )
    .replaceAll("''", "'");
}

export function exchangesOf(yaml: string): GivenAnswer[] {
  return yaml
    .split(/^- request:\n/m)
    .slice(1)
    .map((part) => {
      const url = /^ {4}uri: (\S+)$/m.exec(part)?.[1] ?? '';
      const body = /^ {6}string: '((?:[^']|'')*)'/m.exec(part)?.[1];
      const status = /^ {6}code: (\d+)$/m.exec(part)?.[1];
      if (body === undefined || status === undefined || url === '') throw new Error(`not understood: ${url}`);
      return { url, body: new TextEncoder().encode(unfolded(body)), status: Number(status) };
    });
}
