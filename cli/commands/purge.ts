/** purge, hold, retention: the one way out of an archive, what stands in it, and until when something is kept. */
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { holdCapture, liftHold, listKeeping, retainCapture } from '../../archive/purge/keeping.ts';
import { planPurge } from '../../archive/purge/plan.ts';
import { purgeAndClean } from '../../archive/purge/purge.ts';
import { HoldfastError } from '../../contract/errors.ts';
import { idSchema } from '../../contract/model/common.ts';
import {
  type Held,
  holdDraftSchema,
  type OutOfReach,
  type PurgeLine,
  type PurgePlan,
  type PurgeReport,
  purgeOrderSchema,
  type Retained,
  retentionDraftSchema,
} from '../../contract/model/purge.ts';
import { oneLine, output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };
type Because = Options & { because: string };

function idOf(text: string): string {
  if (!idSchema.safeParse(text).success) throw new InvalidArgumentError('expected the id of a capture');
  return text;
}

function dayOf(text: string): string {
  if (!z.iso.date().safeParse(text).success)
    throw new InvalidArgumentError('expected a day, such as 2027-01-31');
  return text;
}

function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new HoldfastError('bad-usage', `This cannot be taken: ${issue?.path.join('.')}: ${issue?.message}.`);
}

const copyLine = (what: string, { at, sha256, size }: OutOfReach): string =>
  `out of reach: ${what} of ${at}, SHA-256 ${sha256}${size === null ? '' : `, ${size} bytes`}`;

function planLines(plan: PurgePlan): string[] {
  const { destroyed, stays } = plan;
  return [
    `${destroyed.posts} posts, ${destroyed.tags} tags, ${destroyed.reviews} reviews, ${destroyed.artifacts} artifacts (${destroyed.bytes} bytes), ${destroyed.others} other acts about it`,
    ...plan.along.map(
      ({ captureId, sourceName }) =>
        `along with it: ${captureId}, the file of a bundle that holds it (${oneLine(sourceName, 200)}); what else came in it stays`,
    ),
    ...(plan.watches === 0 ? [] : [`ended: ${plan.watches} of the watch list`]),
    ...(stays.artifacts === 0
      ? []
      : [`stays: ${stays.artifacts} artifacts that another capture or a version of a policy has too`]),
    ...(stays.versions === 0 ? [] : [`stays: ${stays.versions} versions of policies that were made from it`]),
    ...(stays.exhibits === 0
      ? []
      : [`removed, with numbers and labels: ${stays.exhibits} exhibits of cases`]),
    ...(stays.reports === 0
      ? []
      : [`stays: ${stays.reports} reports that also name posts of other captures, with their notes`]),
    ...(stays.addresses === 0
      ? []
      : [`stays: its address, ${stays.addresses} times in batches and on the watch list`]),
    ...plan.alsoIn.map(
      ({ captureId, sourceName }) => `shows a post of it too: ${captureId}  ${oneLine(sourceName, 200)}`,
    ),
    ...plan.bundles.map((bundle) => copyLine(`bundle ${bundle.bundleId}`, bundle)),
    ...plan.backups.map((backup) => copyLine('backup', backup)),
  ];
}

function reportLines(report: PurgeReport): string[] {
  return [
    `purged by leaf ${report.leaf}; the documents of ${report.events.length} acts are gone, their leaves stay`,
    ...planLines(report),
    report.cleaned
      ? 'nothing of it is left in the archive’s files'
      : `NOT YET CLEAN: traces may still be in the file. ${report.notCleaned} The next opening tries again.`,
  ];
}

interface PurgeOptions extends Because {
  authority: string;
  confirm: string;
  keepAddress?: boolean;
}

function addPurge(program: Command): void {
  archiveCommand(program, 'purge', 'destroy a capture and all that rests on it; its leaves stay in the log')
    .argument('<archive>')
    .argument('<capture>', 'its id', idOf)
    .requiredOption('--because <text>', 'the reason; it stays in the log')
    .requiredOption('--authority <text>', 'by what right: a court’s order, a duty to erase, a law')
    .requiredOption('--confirm <capture>', 'the id once more')
    .option('--keep-address', 'keep its address, and when it was captured, in the log')
    .action(async (path: string, captureId: string, options: PurgeOptions) => {
      const { because, authority, confirm, keepAddress = false } = options;
      const order = parsed(purgeOrderSchema, { captureId, because, authority, confirm, keepAddress });
      const bar = meter();
      try {
        const report = await withArchive(path, options, (archive, signal, { replaced }) =>
          purgeAndClean(archive, order, { signal, progress: bar.show }, replaced),
        );
        bar.stop();
        output(options.json ?? false).result(report, reportLines(report));
      } finally {
        bar.stop();
      }
    });
  archiveCommand(program, 'purge-plan', 'what a purge would destroy, what stays, and what it cannot reach')
    .argument('<archive>')
    .argument('<capture>', 'its id', idOf)
    .action(async (path: string, captureId: string, options: Options) => {
      const plan = await withArchive(path, options, (archive) => planPurge(archive, captureId));
      const { hold, retention } = plan;
      output(options.json ?? false).result(plan, [
        ...(hold === null ? [] : [`REFUSED: ${heldLine(hold)}`]),
        ...(retention === null ? [] : [retainedLine(retention)]),
        ...planLines(plan),
      ]);
    });
}

const heldLine = ({ captureId, because, at, by }: Held): string =>
  `${captureId}  held since ${at} by ${by.name}: ${oneLine(because, 400)}`;
const retainedLine = ({ captureId, until, because }: Retained): string =>
  `${captureId}  kept until ${until}: ${oneLine(because, 400)}`;

function addHold(program: Command): void {
  const hold = program.command('hold').description('legal holds: captures that must not be purged');
  archiveCommand(hold, 'set', 'put a capture under a legal hold')
    .argument('<archive>')
    .argument('<capture>', 'its id', idOf)
    .requiredOption('--because <text>', 'the reason; it stays in the log')
    .action(async (path: string, captureId: string, options: Because) => {
      const { because } = parsed(holdDraftSchema, { captureId, because: options.because });
      const held = await withArchive(path, options, (archive) => holdCapture(archive, captureId, because));
      output(options.json ?? false).result(held, [heldLine(held)]);
    });
  archiveCommand(hold, 'lift', 'lift the legal hold of a capture')
    .argument('<archive>')
    .argument('<capture>', 'its id', idOf)
    .requiredOption('--because <text>', 'the reason; it stays in the log')
    .action(async (path: string, captureId: string, options: Because) => {
      const { because } = parsed(holdDraftSchema, { captureId, because: options.because });
      await withArchive(path, options, (archive) => liftHold(archive, captureId, because));
      output(options.json ?? false).result({ captureId }, [`${captureId}  no longer held`]);
    });
  archiveCommand(hold, 'list', 'the captures under a legal hold, the newest first')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const { held } = await withArchive(path, options, listKeeping);
      output(options.json ?? false).result(
        { held },
        held.length === 0 ? ['Nothing is held.'] : held.map(heldLine),
      );
    });
}

interface RetentionOptions extends Because {
  until?: string;
  clear?: boolean;
}

function addRetention(program: Command): void {
  const retention = program
    .command('retention')
    .description('until when captures are kept; nothing is purged by itself');
  archiveCommand(retention, 'set', 'say until when a capture is kept, or that it has no date any more')
    .argument('<archive>')
    .argument('<capture>', 'its id', idOf)
    .option('--until <day>', 'the last day on which it is kept, such as 2027-01-31', dayOf)
    .option('--clear', 'it has no date any more')
    .requiredOption('--because <text>', 'the reason; it stays in the log')
    .action(async (path: string, captureId: string, options: RetentionOptions) => {
      if ((options.until === undefined) === (options.clear !== true))
        throw new HoldfastError('bad-usage', 'Give --until with a day, or --clear.');
      const draft = { captureId, until: options.until ?? null, because: options.because };
      const { until, because } = parsed(retentionDraftSchema, draft);
      const set = await withArchive(path, options, (archive) =>
        retainCapture(archive, captureId, until, because),
      );
      output(options.json ?? false).result({ captureId, retention: set }, [
        set === null ? `${captureId}  no date` : retainedLine(set),
      ]);
    });
  archiveCommand(retention, 'list', 'the captures with a date, the earliest first')
    .argument('<archive>')
    .option('--due', 'only those whose date has passed: to be purged, each for itself')
    .action(async (path: string, options: Options & { due?: boolean }) => {
      const { retained, due } = await withArchive(path, options, listKeeping);
      const shown = options.due === true ? due : retained;
      output(options.json ?? false).result(
        { retained: shown, due },
        shown.length === 0 ? ['No capture has such a date.'] : shown.map(retainedLine),
      );
    });
}

const purgedLine = ({ captureId, leaf, cause, at, by, because, authority, address }: PurgeLine): string =>
  `${captureId}  ${cause} by leaf ${leaf} at ${at} by ${by.name}${authority === null ? '' : `, ${oneLine(authority, 200)}`}: ${oneLine(because, 400)}${address === null ? '' : `  ${oneLine(address, 400)}`}`;

function addPurged(program: Command): void {
  archiveCommand(program, 'purged', 'what was purged, by whom, by what right and why; the newest first')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const { purged } = await withArchive(path, options, listKeeping);
      output(options.json ?? false).result(
        { purged },
        purged.length === 0 ? ['Nothing was purged.'] : purged.map(purgedLine),
      );
    });
}

export function addPurgeCommands(program: Command): void {
  addPurge(program);
  addPurged(program);
  addHold(program);
  addRetention(program);
}
