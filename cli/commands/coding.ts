/** coding draw, list, next, result: samples that people judge without seeing each other's judgements. */
import { type Command, InvalidArgumentError } from 'commander';
import { requirePost } from '../../archive/posts.ts';
import { codingResult, drawCoding, listCodings, nextInCoding } from '../../archive/review/coding.ts';
import { sha256Schema } from '../../contract/model/common.ts';
import type { Coding, CodingResult, Tag } from '../../contract/model/tag.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';
import { wholeNumber } from './number.ts';

type Options = ArchiveOptions & { json?: boolean };

function seedOf(text: string): string {
  const seed = sha256Schema.safeParse(text.toLowerCase());
  if (!seed.success) throw new InvalidArgumentError('expected 64 hexadecimal digits');
  return seed.data;
}

function codingLines({
  id,
  name,
  posts,
  population,
  untagged,
  seed,
  drawnBy,
  time,
  coders,
}: Coding): string[] {
  return [
    `${id}  ${oneLine(name, 100)}: ${posts} of ${population} posts, ${untagged} of them without a tag then`,
    `  drawn by ${drawnBy.name}, ${time}; seed ${seed}`,
    ...coders.map(({ actor, judged }) => `  ${actor.name}: ${judged} of ${posts} judged`),
  ];
}

function addDraw(coding: Command): void {
  archiveCommand(coding, 'draw', 'draw a sample by chance from all posts, tagged or not')
    .argument('<archive>')
    .requiredOption('--name <name>', 'what it is called')
    .requiredOption('--posts <n>', 'how many posts', wholeNumber(1, 10_000))
    .option('--seed <hex>', '64 hexadecimal digits that settle the draw; left out: new ones', seedOf)
    .action(async (path: string, options: Options & { name: string; posts: number; seed?: string }) => {
      const { name, posts, seed = null } = options;
      const drawn = await withArchive(path, options, (archive) => drawCoding(archive, { name, posts, seed }));
      output(options.json ?? false).result(drawn, codingLines(drawn));
    });
}

function addList(coding: Command): void {
  archiveCommand(coding, 'list', 'the samples, newest first, and who has judged how many posts')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const codings = await withArchive(path, options, listCodings);
      output(options.json ?? false).result({ codings }, codings.flatMap(codingLines));
    });
}

function addNext(coding: Command): void {
  archiveCommand(coding, 'next', 'the next post of a sample that you have not judged')
    .argument('<archive>')
    .argument('<coding>', 'its id')
    .action(async (path: string, codingId: string, options: Options) => {
      const { next, text } = await withArchive(path, options, (archive) => {
        const found = nextInCoding(archive, codingId);
        return {
          next: found,
          text: found.postId === null ? null : requirePost(archive, found.postId).content.text,
        };
      });
      const { postId, judged, posts } = next;
      output(options.json ?? false).result({ ...next, text }, [
        ...(postId === null
          ? [`All ${posts} posts are judged. 'holdfast coding result' says how often people agree.`]
          : [
              `${postId}  ${judged} of ${posts} judged`,
              oneLine(text ?? '', 2000),
              `judge it: holdfast tag ${path} ${postId} --coding ${codingId} --finding …`,
            ]),
      ]);
    });
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${part} (${((100 * part) / whole).toFixed(0)} %)`;

function pairLine({
  first,
  second,
  both,
  sameFinding,
  sameClauses,
  kappa,
}: CodingResult['pairs'][number]): string {
  const beyond = kappa === null ? 'no kappa: chance alone would explain it' : `kappa ${kappa.toFixed(2)}`;
  return `${first.name} and ${second.name}: ${both} posts, same finding ${percent(sameFinding, both)}, by the same clauses ${percent(sameClauses, both)}, ${beyond}`;
}

function saidLine({ actor, origin, finding, clause, because }: Tag): string {
  const by = clause === null ? '' : ` by ${clause.key}`;
  return `    ${(origin?.actor ?? actor).name}: ${finding}${by}. ${oneLine(because, 160)}`;
}

function addResult(coding: Command): void {
  archiveCommand(coding, 'result', 'how often people agree; when you have judged every post')
    .argument('<archive>')
    .argument('<coding>', 'its id')
    .action(async (path: string, codingId: string, options: Options) => {
      const result = await withArchive(path, options, (archive) => codingResult(archive, codingId));
      output(options.json ?? false).result(result, [
        ...codingLines(result.coding),
        ...result.pairs.map(pairLine),
        ...result.differ.flatMap(({ post, tags }) => [
          `  ${post.postId}  ${oneLine(post.text, 120)}`,
          ...tags.map(saidLine),
        ]),
      ]);
    });
}

export function addCodingCommands(program: Command): void {
  const coding = program
    .command('coding')
    .description('samples that several people judge without seeing each other’s judgements');
  addDraw(coding);
  addList(coding);
  addNext(coding);
  addResult(coding);
}
