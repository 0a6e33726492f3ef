/** tag: this post, this clause, these words, because. */
import type { Command } from 'commander';
import { addTag, findQuote, requirePost } from '../../archive/tags.ts';
import { output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

interface TagOptions extends ArchiveOptions {
  clause: string;
  quote?: string;
  because: string;
  json?: boolean;
}

export function addTagCommand(program: Command): void {
  archiveCommand(program, 'tag', 'assess a post as breaching a clause')
    .argument('<archive>')
    .argument('<post>', 'id of the post, as `search` prints it')
    .requiredOption('--clause <key>', 'key of the clause, as `policy clauses` prints it')
    .option('--quote <text>', 'words of the post, exactly; without it the post as a whole')
    .requiredOption('--because <text>', 'why')
    .action(async (path: string, postId: string, options: TagOptions) => {
      const tag = await withArchive(path, options, (archive) => {
        const { text } = requirePost(archive, postId).content;
        const quotes = options.quote === undefined ? [] : [findQuote(text, options.quote)];
        return addTag(archive, { postId, clauseKey: options.clause, quotes, because: options.because });
      });
      output(options.json ?? false).result(tag, [`tagged ${postId} with ${tag.clause?.key} (${tag.id})`]);
    });
}
