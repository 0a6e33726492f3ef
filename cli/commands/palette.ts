/** palette: one key for a clause, as the window takes it. */
import { type Command, InvalidArgumentError } from 'commander';
import { getPalette, setPalette } from '../../archive/review/palette.ts';
import { type PaletteSlot, paletteSlotSchema } from '../../contract/model/tag.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

interface Options extends ArchiveOptions {
  set?: PaletteSlot[] | true;
  json?: boolean;
}

/** `1=x/hateful-conduct`, again and again. */
function slots(text: string, before: PaletteSlot[] = []): PaletteSlot[] {
  const [, slot, clauseKey] = /^(.)=(.+)$/su.exec(text) ?? [];
  const parsed = paletteSlotSchema.safeParse({ slot, clauseKey });
  if (!parsed.success)
    throw new InvalidArgumentError(
      'expected KEY=CLAUSE with one key of 0 to 9 or a to z: 1=x/hateful-conduct',
    );
  return [...before, parsed.data];
}

export function addPaletteCommand(program: Command): void {
  archiveCommand(program, 'palette', 'the clauses that stand on one key each')
    .argument('<archive>')
    .option('--set [slot=clause...]', 'arrange it anew, whole; with nothing after it: empty', slots)
    .action(async (path: string, options: Options) => {
      const palette = await withArchive(path, options, (archive) => {
        if (options.set !== undefined) setPalette(archive, options.set === true ? [] : options.set);
        return getPalette(archive);
      });
      output(options.json ?? false).result(
        { slots: palette },
        palette.map(({ slot, clauseKey, title }) => `${slot}  ${clauseKey}  ${oneLine(title, 100)}`),
      );
    });
}
