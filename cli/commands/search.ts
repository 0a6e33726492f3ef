/** search: posts by their words. */
import { type Command, InvalidArgumentError } from 'commander';
import { searchPosts } from '../../archive/posts.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

function positive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1.');
  return number;
}

export function addSearchCommand(program: Command): void {
  archiveCommand(program, 'search', 'find posts by their words, newest first; an empty query lists all')
    .argument('<archive>')
    .argument('<query>')
    .option('--limit <n>', 'how many hits at most', positive, 50)
    .action(
      async (path: string, query: string, options: ArchiveOptions & { json?: boolean; limit: number }) => {
        const found = await withArchive(path, options, (archive) =>
          searchPosts(archive, query, options.limit),
        );
        output(options.json ?? false).result(found, [
          ...found.hits.map(
            (hit) =>
              `${hit.postId}  ${(hit.postedAt ?? 'no date').padEnd(24)}  ${oneLine(hit.handle ?? '', 20)}  ${oneLine(hit.text, 80)}`,
          ),
          `${found.totalIsLowerBound ? 'more than ' : ''}${found.total} posts`,
        ]);
      },
    );
}
