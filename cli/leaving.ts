/** What would leave in a bundle, in lines for a terminal. */
import type { LeavingPreview } from '../contract/model/leaving.ts';
import { oneLine } from './output.ts';

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

export function previewLines(preview: LeavingPreview): string[] {
  const { captures, posts, tags, leaks, questions } = preview;
  return [
    `for: ${preview.profile}; ${captures} captures, ${posts} posts, ${tags} tags`,
    ...section(
      'people it names',
      preview.persons.map(({ name, basis }) => `${oneLine(name, 200)} (${basis})`),
    ),
    ...section(
      'personas whose pages it shows (their names do not leave)',
      preview.personas.map(({ name, captures: n }) => `${oneLine(name, 80)}: ${n} captures`),
    ),
    ...section(
      'accounts it names as authors',
      preview.accounts.map(({ what, count }) => `${oneLine(what, 100)}: ${count} posts`),
    ),
    ...section(
      'addresses its captures were made of',
      preview.hosts.map(({ what, count }) => `${oneLine(what, 100)}: ${count} captures`),
    ),
    ...section(
      'notes by people',
      preview.notes.map(({ of, text }) => `${of}: ${oneLine(text, 200)}`),
    ),
    ...section(
      'stays behind',
      preview.leftOut.map((each) => `${each.class}: ${each.count} (--include ${each.class} takes it along)`),
    ),
    ...section(
      'of recordings only what the exhibits need',
      preview.cut.map(
        ({ captureId, records, of, size }) =>
          `capture ${captureId}: ${records} of ${of} records, ${size} bytes`,
      ),
    ),
    ...section(
      'must be decided before it can leave',
      leaks.filter(({ accepted }) => !accepted).map(leakLine),
    ),
    ...section('leaves by decision', leaks.filter(({ accepted }) => accepted).map(leakLine)),
    ...section(
      'cross-examination would ask',
      questions.map(
        ({ code, captureId, postId, message, fix }) =>
          `${code} (${postId === null ? `capture ${captureId}` : `post ${postId}`}): ${oneLine(message, 300)} ${fix}`,
      ),
    ),
  ];
}

function leakLine({ code, key, shown, files, fileCount }: LeavingPreview['leaks'][number]): string {
  const more = fileCount > 1 ? ` and ${fileCount - 1} more` : '';
  return `${code}:${key}  ${oneLine(shown, 100)}, in ${files[0] ?? ''}${more}`;
}
