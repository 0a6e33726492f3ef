/** review, inbox: what people say of tags, and which tags wait for it. */
import { type Command, Option } from 'commander';
import { inbox } from '../../archive/review/inbox.ts';
import { reviewTag } from '../../archive/review/review.ts';
import { HoldfastError } from '../../contract/errors.ts';
import {
  type InboxLine,
  inboxFilterSchema,
  type ReviewAct,
  reviewActSchema,
} from '../../contract/model/tag.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';
import { wholeNumber } from './number.ts';
import { reviewLine, tagLines } from './tags.ts';

type Options = ArchiveOptions & { json?: boolean };
type ReviewOptions = Options & Partial<Record<ReviewAct, boolean>> & { because: string };

function actOf(options: ReviewOptions): ReviewAct {
  const [act, second] = reviewActSchema.options.filter((name) => options[name]);
  if (act === undefined || second !== undefined)
    throw new HoldfastError('bad-usage', 'Give one of --agree, --dispute, --withdraw.');
  return act;
}

function addReview(program: Command): void {
  archiveCommand(program, 'review', 'say what you think of a tag; what was said before stays beside it')
    .argument('<archive>')
    .argument('<tag>', 'its id, as `tags` and `inbox` print it')
    .option('--agree', 'it is as the tag says; not of your own tags')
    .option('--dispute', 'it is not, or it is open')
    .option('--withdraw', 'the tag is no longer to count')
    .requiredOption('--because <text>', 'why')
    .action(async (path: string, tagId: string, options: ReviewOptions) => {
      const act = actOf(options);
      const review = await withArchive(path, options, (archive) =>
        reviewTag(archive, { tagId, act, because: options.because }),
      );
      output(options.json ?? false).result(review, [reviewLine(review).trim()]);
    });
}

interface InboxOptions extends Options {
  filter: string;
  others?: boolean;
  offset: number;
  limit: number;
}

function lines({ tag, post }: InboxLine): string[] {
  return [...tagLines(tag), `  ${post.handle ?? post.authorName ?? 'unknown'}: ${oneLine(post.text, 160)}`];
}

function addInbox(program: Command): void {
  archiveCommand(program, 'inbox', 'tags that wait for a review, newest first')
    .argument('<archive>')
    .addOption(
      new Option('--filter <filter>', 'which: changed are those whose clause was reworded or dropped since')
        .choices(inboxFilterSchema.options)
        .default('unreviewed'),
    )
    .option('--others', 'only tags that somebody else set')
    .option('--offset <n>', 'without the first n', wholeNumber(0), 0)
    .option('--limit <n>', 'at most n, up to 200', wholeNumber(1, 200), 50)
    .action(async (path: string, options: InboxOptions) => {
      const filter = inboxFilterSchema.parse(options.filter);
      const { offset, limit } = options;
      const page = await withArchive(path, options, (archive) =>
        inbox(archive, { filter, others: options.others ?? false, offset, limit }),
      );
      const { unreviewed, disputed, changed, withdrawn, all } = page.counts;
      output(options.json ?? false).result(page, [
        ...page.lines.flatMap(lines),
        `${unreviewed} unreviewed, ${disputed} disputed, ${changed} with a changed clause, ${withdrawn} withdrawn, ${all} in all`,
      ]);
    });
}

export function addReviewCommands(program: Command): void {
  addReview(program);
  addInbox(program);
}
