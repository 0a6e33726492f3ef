/** tag: this post, this clause, these words, because. */
import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { requirePost } from '../../archive/posts.ts';
import { addTag, type NewJudgement } from '../../archive/tags/add.ts';
import { addTags } from '../../archive/tags/many.ts';
import { quoteFrom } from '../../archive/tags/quotes.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { Quote } from '../../contract/model/clause.ts';
import {
  type Considered,
  exceptionAnswerSchema,
  findingSchema,
  sureSchema,
  type Tag,
} from '../../contract/model/tag.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

interface TagOptions extends ArchiveOptions {
  clause?: string;
  quote: string[];
  finding: string;
  sure?: string;
  account?: boolean;
  exception: Considered[];
  postsFrom?: string;
  coding?: string;
  phrase?: string;
  because: string;
  json?: boolean;
}

const collected = (text: string, before: string[]): string[] => [...before, text];

/** `KEY=applies`, `KEY=does-not-apply:because`. */
function exception(text: string, before: Considered[]): Considered[] {
  const [, key = '', answer, because] = /^([^=]+)=([a-z-]+)(?::(.*))?$/su.exec(text) ?? [];
  const known = exceptionAnswerSchema.safeParse(answer);
  if (!known.success)
    throw new InvalidArgumentError('expected KEY=applies, KEY=does-not-apply or KEY=unclear, and :because');
  return [...before, { key, answer: known.data, because: because?.trim() || null }];
}

function judgement(options: TagOptions): NewJudgement {
  const finding = findingSchema.parse(options.finding);
  if (options.clause === undefined && finding === 'breach') {
    throw new HoldfastError(
      'bad-usage',
      'Name the clause with --clause; only --finding no-violation and unclear go without one.',
    );
  }
  return {
    clauseKey: options.clause ?? null,
    finding,
    because: options.because,
    sure: options.sure === undefined ? null : sureSchema.parse(options.sure),
    considered: options.exception,
    coding: options.coding ?? null,
    phrase: options.phrase ?? null,
  };
}

/** The posts that are named, and those of a file, one a line. Errors: `bad-usage`, `file-not-found`. */
export function namedPosts(posts: readonly string[], from: string | undefined): string[] {
  const all = [...posts, ...(from === undefined ? [] : linesOf(from))];
  if (all.length === 0)
    throw new HoldfastError('bad-usage', 'Name a post by its id, or posts with --posts-from.');
  return all;
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean);
  } catch (error) {
    throw new HoldfastError('file-not-found', `${path} cannot be read: expected ids of posts, one a line.`, {
      cause: error,
    });
  }
}

/** Where the words stand; of several places the first that is free, and it says so. */
function findQuotes(text: string, wanted: readonly string[], say: (line: string) => void): Quote[] {
  const quotes: Quote[] = [];
  for (const words of wanted) {
    const { quote, places } = quoteFrom(text, words, quotes);
    quotes.push(quote);
    if (places > 1)
      say(
        `"${oneLine(words, 60)}" stands at ${places} places; quoted is the one at ${quote.start}–${quote.end}.`,
      );
  }
  return quotes;
}

const judged: Record<Tag['finding'], string> = {
  breach: 'tagged',
  'no-violation': 'assessed as no violation:',
  unclear: 'assessed as unclear:',
};

async function tagOne(path: string, postId: string, options: TagOptions): Promise<void> {
  const draft = judgement(options);
  const tag = await withArchive(path, options, (archive) => {
    const { text } = requirePost(archive, postId).content;
    const quotes = findQuotes(text, options.quote, (line) => void process.stderr.write(`${line}\n`));
    return addTag(archive, { ...draft, postId, quotes, account: options.account ?? false });
  });
  const by = tag.clause === null ? '' : ` with ${tag.clause.key}`;
  output(options.json ?? false).result(
    // `quote` as it was printed before a tag could have several.
    { ...tag, quote: tag.quotes[0] ?? null },
    [`${judged[tag.finding]} ${postId}${by} (${tag.id})`, ...notConsidered(tag)],
  );
}

const notConsidered = ({ considered }: Tag): string[] =>
  considered
    .filter(({ answer }) => answer === 'not-considered')
    .map(({ key, title }) => `  exception not considered: ${key}  ${oneLine(title, 100)}`);

async function tagMany(path: string, postIds: readonly string[], options: TagOptions): Promise<void> {
  if (options.quote.length > 0 || options.account === true) {
    throw new HoldfastError(
      'bad-usage',
      'Many posts are tagged as wholes: leave out --quote and --account, or name one post.',
    );
  }
  const draft = judgement(options);
  const done = await withArchive(path, options, (archive) => addTags(archive, { ...draft, postIds }));
  output(options.json ?? false).result(done, [
    `${judged[draft.finding ?? 'breach']} ${done.tags} posts${draft.clauseKey === null ? '' : ` with ${draft.clauseKey}`} (batch ${done.batch})`,
  ]);
}

export function addTagCommand(program: Command): void {
  archiveCommand(program, 'tag', 'assess a post as breaching a clause, or as not; many posts as one act')
    .argument('<archive>')
    .argument('[posts...]', 'ids of posts, as `search` prints them')
    .option('--posts-from <file>', 'file with ids of posts, one a line')
    .option('--clause <key>', 'key of the clause, as `policy clauses` prints it')
    .option(
      '--quote <text>',
      'words of the post, exactly; again for more; without it the post as a whole',
      collected,
      [],
    )
    .addOption(
      new Option('--finding <finding>', 'what the judgement is')
        .choices(findingSchema.options)
        .default('breach'),
    )
    .addOption(new Option('--sure <how>', 'how sure').choices(sureSchema.options))
    .option('--account', 'about the account that wrote the post, as a whole')
    .option(
      '--exception <answer>',
      'KEY=applies|does-not-apply|unclear[:because], for each linked exception',
      exception,
      [],
    )
    .option('--coding <id>', 'within this sample, as `coding draw` prints it')
    .option('--phrase <id>', 'the phrase that suggested it, as `phrase suggest` prints it')
    .requiredOption('--because <text>', 'why')
    .action(async (path: string, posts: string[], options: TagOptions) => {
      const postIds = namedPosts(posts, options.postsFrom);
      const [only] = postIds;
      if (only !== undefined && postIds.length === 1 && options.postsFrom === undefined)
        await tagOne(path, only, options);
      else await tagMany(path, postIds, options);
    });
}
