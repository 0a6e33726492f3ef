/** case: numbered exhibits under a name, and in which time zone they are shown. */
import { type Command, InvalidArgumentError } from 'commander';
import {
  addExhibits,
  changeCase,
  labelExhibit,
  listCases,
  makeCase,
  noteOnExhibit,
  putExhibit,
  readCase,
  takeOutExhibit,
} from '../../archive/cases/cases.ts';
import { HoldfastError } from '../../contract/errors.ts';
import {
  type Case,
  type CaseContents,
  type Exhibit,
  exhibitNumberSchema,
} from '../../contract/model/case.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };

function number(text: string): number {
  const parsed = exhibitNumberSchema.safeParse(Number(text));
  if (!parsed.success) throw new InvalidArgumentError('Give the number of an exhibit.');
  return parsed.data;
}

function caseLine({ id, name, timeZone, exhibits, removed }: Case): string {
  return `${id}  ${oneLine(name, 80)}  ${timeZone}  ${exhibits} exhibits${removed === 0 ? '' : `, ${removed} removed`}`;
}

function exhibitLine({ number, label, handle, text, sourceName, captureId, postId }: Exhibit): string {
  const what = text === null ? `capture ${sourceName}` : `${handle === null ? '' : `@${handle} `}${text}`;
  return `  ${number}  ${label === null ? '' : `${oneLine(label, 60)}  `}${oneLine(what, 80)}  ${postId ?? captureId}`;
}

function lines({ case: one, exhibits, removed }: CaseContents): string[] {
  return [
    caseLine(one),
    ...exhibits.map(exhibitLine),
    ...removed.map(({ number, because }) => `  ${number}  removed: ${oneLine(because, 100)}`),
  ];
}

function addChanging(cases: Command): void {
  archiveCommand(cases, 'change', 'another name or time zone; what is not named stays')
    .argument('<archive>')
    .argument('<case>', 'its name or id')
    .option('--name <name>', 'bundles made from now on show it, and not the one before')
    .option('--time-zone <name>', 'such as Europe/Berlin')
    .action(async (path: string, named: string, options: Options & { name?: string; timeZone?: string }) => {
      const { name, timeZone } = options;
      if (name === undefined && timeZone === undefined)
        throw new HoldfastError('bad-usage', 'Say what is to change: --name NAME, --time-zone ZONE.');
      const changed = await withArchive(path, options, (archive) =>
        changeCase(archive, named, {
          ...(name !== undefined && { name }),
          ...(timeZone !== undefined && { timeZone }),
        }),
      );
      output(options.json ?? false).result(changed, [caseLine(changed)]);
    });
  archiveCommand(cases, 'label', 'another label of an exhibit; "" takes it away')
    .argument('<archive>')
    .argument('<case>', 'its name or id')
    .argument('<number>', 'of the exhibit', number)
    .argument('<label>', 'what it is called; bundles show it, and the one that it was added with')
    .action(async (path: string, named: string, n: number, label: string, options: Options) => {
      const contents = await withArchive(path, options, (archive) => labelExhibit(archive, named, n, label));
      output(options.json ?? false).result(contents, lines(contents));
    });
  archiveCommand(cases, 'note', 'a note on an exhibit, in the place of the one before; "" takes it away')
    .argument('<archive>')
    .argument('<case>', 'its name or id')
    .argument('<number>', 'of the exhibit', number)
    .argument('<note>', 'for the desk; leaves in a bundle only with --notes')
    .action(async (path: string, named: string, n: number, note: string, options: Options) => {
      const contents = await withArchive(path, options, (archive) => noteOnExhibit(archive, named, n, note));
      output(options.json ?? false).result(contents, lines(contents));
    });
  archiveCommand(cases, 'move', 'another place in the order; numbers stay')
    .argument('<archive>')
    .argument('<case>', 'its name or id')
    .argument('<number>', 'of the exhibit', number)
    .option('--before <number>', 'the exhibit that is to follow it', number)
    .option('--last', 'to the end')
    .action(
      async (
        path: string,
        named: string,
        n: number,
        options: Options & { before?: number; last?: boolean },
      ) => {
        if ((options.before === undefined) === (options.last !== true))
          throw new HoldfastError('bad-usage', 'Say where it goes: --before NUMBER, or --last.');
        const contents = await withArchive(path, options, (archive) =>
          putExhibit(archive, named, n, options.before ?? null),
        );
        output(options.json ?? false).result(contents, lines(contents));
      },
    );
  archiveCommand(cases, 'remove', 'take an exhibit out; its number stays empty, and bundles say so')
    .argument('<archive>')
    .argument('<case>', 'its name or id')
    .argument('<number>', 'of the exhibit', number)
    .requiredOption('--because <text>', 'why; bundles of the case show it')
    .action(async (path: string, named: string, n: number, options: Options & { because: string }) => {
      const contents = await withArchive(path, options, (archive) =>
        takeOutExhibit(archive, named, n, options.because),
      );
      output(options.json ?? false).result(contents, lines(contents));
    });
}

export function addCaseCommands(program: Command): void {
  const cases = program.command('case').description('numbered exhibits, in an order, for one bundle');
  archiveCommand(cases, 'create', 'make a case')
    .argument('<archive>')
    .argument('<name>', 'what it is called; bundles of the case show it')
    .option('--time-zone <name>', 'such as Europe/Berlin: bundles give times in it and in UTC', 'UTC')
    .action(async (path: string, name: string, options: Options & { timeZone: string }) => {
      const made = await withArchive(path, options, (archive) =>
        makeCase(archive, { name, timeZone: options.timeZone }),
      );
      output(options.json ?? false).result(made, [caseLine(made)]);
    });
  archiveCommand(cases, 'add', 'add posts or captures as exhibits, each under the next number')
    .argument('<archive>')
    .argument('<case>', 'its name or id')
    .argument('<ids...>', 'posts, or captures as a whole')
    .option('--label <text>', 'what the exhibit is called; bundles show it')
    .option('--note <text>', 'for the desk; leaves in a bundle only with --notes')
    .action(
      async (
        path: string,
        named: string,
        ids: string[],
        { label = null, note = null, ...options }: Options & { label?: string | null; note?: string | null },
      ) => {
        if (ids.length > 1 && (label !== null || note !== null))
          throw new HoldfastError('bad-usage', 'A label or a note is for one exhibit: add them one by one.');
        const exhibits = await withArchive(path, options, (archive) =>
          addExhibits(
            archive,
            named,
            ids.map((id) => ({ id, label, note })),
          ),
        );
        output(options.json ?? false).result({ exhibits }, exhibits.map(exhibitLine));
      },
    );
  archiveCommand(cases, 'list', 'the cases; or one, with its exhibits in their order')
    .argument('<archive>')
    .argument('[case]', 'its name or id')
    .action(async (path: string, named: string | undefined, options: Options) => {
      if (named === undefined) {
        const found = await withArchive(path, options, listCases);
        output(options.json ?? false).result({ cases: found }, found.map(caseLine));
        return;
      }
      const contents = await withArchive(path, options, (archive) => readCase(archive, named));
      output(options.json ?? false).result(contents, lines(contents));
    });
  addChanging(cases);
}
