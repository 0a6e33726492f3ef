/** trail: which pages were visited under personas, and deleting that. */
import type { Command } from 'commander';
import { purgeTrail, readTrail } from '../../archive/personas/trail.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { TrailLine } from '../../contract/model/trail.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';
import { wholeNumber } from './number.ts';

interface Options extends ArchiveOptions {
  json?: boolean;
  persona?: string;
}

const usualLimit = 100;

function lineOf({ at, personaName, url, referrer, sha256, captureId }: TrailLine): string {
  const from = referrer === null ? '' : `  from ${oneLine(referrer, 100)}`;
  const captured = captureId === null ? '' : `  captured: ${captureId}`;
  return `${at}  ${oneLine(personaName, 40)}  ${sha256 ?? 'no digest'.padEnd(64)}  ${oneLine(url, 200)}${from}${captured}`;
}

/** The instant of a date or time in UTC. Errors: `bad-usage`. */
function instantOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const time = Date.parse(text);
  if (!Number.isNaN(time) && /^\d{4}-\d{2}-\d{2}/.test(text)) return new Date(time).toISOString();
  throw new HoldfastError(
    'bad-usage',
    `Expected a date such as 2026-01-31 behind --before, found "${text}".`,
  );
}

export function addTrailCommands(program: Command): void {
  const trail = program.command('trail').description('pages that were visited under a persona; no evidence');
  archiveCommand(trail, 'list', 'what was visited, the newest first')
    .argument('<archive>')
    .option('--persona <persona>', 'of this persona alone, by name or id')
    .option('--limit <n>', `at most so many lines (default: ${usualLimit})`, wholeNumber(1, 100_000))
    .action(async (path: string, options: Options & { limit?: number }) => {
      const { persona = null, limit = usualLimit } = options;
      const found = await withArchive(path, options, (archive) => readTrail(archive, persona, 0, limit));
      output(options.json ?? false).result(found, found.lines.map(lineOf));
    });
  archiveCommand(trail, 'purge', 'delete lines for good; that so many were deleted is recorded')
    .argument('<archive>')
    .option('--persona <persona>', 'of this persona alone, by name or id')
    .option('--before <date>', 'only what was visited before then (UTC)')
    .action(async (path: string, options: Options & { before?: string }) => {
      const order = { persona: options.persona ?? null, before: instantOf(options.before) };
      const purged = await withArchive(path, options, (archive) => purgeTrail(archive, order));
      output(options.json ?? false).result({ purged }, [`${purged} lines deleted`]);
    });
}
