/** phrase add, list, remove, suggest: words that suggest a clause. */
import type { Command } from 'commander';
import { addPhrase, listPhrases, removePhrase, suggest } from '../../archive/review/phrases.ts';
import type { Phrase } from '../../contract/model/tag.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };

const phraseLine = ({ id, text, clauseKey, clauseTitle }: Phrase): string =>
  `${id}  "${oneLine(text, 100)}"  ${clauseKey}  ${oneLine(clauseTitle, 100)}`;

export function addPhraseCommands(program: Command): void {
  const phrase = program
    .command('phrase')
    .description('words that suggest a clause wherever they stand; nothing is tagged by it');
  archiveCommand(phrase, 'add', 'let words suggest a clause')
    .argument('<archive>')
    .argument('<text>', 'the words; spelling is folded as in a search')
    .requiredOption('--clause <key>', 'key of the clause')
    .action(async (path: string, text: string, options: Options & { clause: string }) => {
      const added = await withArchive(path, options, (archive) =>
        addPhrase(archive, { text, clauseKey: options.clause }),
      );
      output(options.json ?? false).result(added, [phraseLine(added)]);
    });
  archiveCommand(phrase, 'list', 'the phrases')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const phrases = await withArchive(path, options, listPhrases);
      output(options.json ?? false).result({ phrases }, phrases.map(phraseLine));
    });
  archiveCommand(phrase, 'remove', 'take a phrase off the list; that it stood there stays in the log')
    .argument('<archive>')
    .argument('<phrase>', 'its id')
    .action(async (path: string, phraseId: string, options: Options) => {
      await withArchive(path, options, (archive) => removePhrase(archive, phraseId));
      output(options.json ?? false).result({ removed: phraseId }, [`removed ${phraseId}`]);
    });
  archiveCommand(phrase, 'suggest', 'phrases that stand in a post and have no tag there yet')
    .argument('<archive>')
    .argument('<post>', 'id of the post')
    .action(async (path: string, postId: string, options: Options) => {
      const suggestions = await withArchive(path, options, (archive) => suggest(archive, postId));
      output(options.json ?? false).result(
        { suggestions },
        suggestions.map(
          ({ phrase: { id, clauseKey }, quote }) =>
            `suggested ${clauseKey}  ${quote.start}–${quote.end}  "${oneLine(quote.text, 160)}"  (phrase ${id})`,
        ),
      );
    });
}
