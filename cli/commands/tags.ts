/** tags: what was judged, by which clause, and what became of that clause since. */
import type { Command } from 'commander';
import { allVisibleTags, visibleTags } from '../../archive/review/visible.ts';
import type { Review, Tag } from '../../contract/model/tag.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

const findings: Record<Tag['finding'], string> = {
  breach: 'assessed as breaching',
  'no-violation': 'no violation',
  unclear: 'unclear',
};

const acts: Record<Review['act'], string> = {
  agree: 'agrees',
  dispute: 'disputes',
  withdraw: 'withdraws it',
};

export function reviewLine({ act, actor, origin, because, time }: Review): string {
  const who = (origin?.actor ?? actor).name;
  return `  ${who} ${acts[act]}, ${origin?.time ?? time}: ${oneLine(because, 300)}`;
}

/** What a sample hides from whoever judges it. */
export function hiddenLines(hidden: number): string[] {
  if (hidden === 0) return [];
  return [
    `${hidden} more are not shown before you have judged every post of the samples that you are coding.`,
  ];
}

export function tagLines(tag: Tag): string[] {
  const { clause, quotes, actor, dates, considered, flags, account } = tag;
  const about =
    account === null
      ? `post ${tag.postId}`
      : `account ${account.handle ?? account.platformId}, by post ${tag.postId}`;
  return [
    `${tag.id}  ${findings[tag.finding]}${clause === null ? '' : ` ${clause.key}  ${oneLine(clause.title, 100)}`}`,
    `  ${about}; ${actor.name}, ${tag.time}${tag.sure === null ? '' : `; ${tag.sure}`}; ${tag.state}`,
    ...quotes.map(({ text, start, end }) => `  ${start}–${end}  "${oneLine(text, 160)}"`),
    `  because: ${oneLine(tag.because, 300)}`,
    ...dates.map(({ when, inForce, why }) => `  ${when}: in force: ${inForce}. ${oneLine(why, 400)}`),
    ...considered.map(
      ({ key, answer, because }) =>
        `  exception ${key}: ${answer}${because === null ? '' : ` (${oneLine(because, 200)})`}`,
    ),
    ...flags.map(({ code, message }) => `  [${code}] ${oneLine(message, 300)}`),
    ...tag.reviews.map(reviewLine),
  ];
}

export function addTagsCommand(program: Command): void {
  archiveCommand(
    program,
    'tags',
    'the tags of a post, or all: with dates, answers and what became of the rule',
  )
    .argument('<archive>')
    .argument('[post]', 'id of a post')
    .action(
      async (path: string, postId: string | undefined, options: ArchiveOptions & { json?: boolean }) => {
        const { tags, hidden } = await withArchive(path, options, (archive) =>
          postId === undefined ? allVisibleTags(archive) : visibleTags(archive, postId),
        );
        output(options.json ?? false).result({ tags, hidden }, [
          ...tags.flatMap(tagLines),
          ...hiddenLines(hidden),
        ]);
      },
    );
}
