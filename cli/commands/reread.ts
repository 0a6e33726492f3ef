/** reread: posts out of old captures, with the readers as they are now. */
import type { Command } from 'commander';
import { rereadMany } from '../../archive/reread/many.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { RereadPost, RereadReport } from '../../contract/model/reread.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

interface RereadOptions extends ArchiveOptions {
  capture?: string[];
  all?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** Posts of a kind that a person is shown. */
const mostShown = 10;

function postLine(sign: string, { handle, url, text }: RereadPost, more = ''): string {
  const who = handle === null ? '' : `@${oneLine(handle, 30)} `;
  return `  ${sign} ${who}${oneLine(text, 60)}  ${oneLine(url ?? '', 80)}${more}`;
}

function tagsOf(tags: number): string {
  return tags === 0 ? '' : `  [${tags} tags stay with the earlier reading]`;
}

const outcomes = { kept: 'kept', 'not-kept': 'not kept', 'nothing-new': 'nothing new' } as const;

function reportLines(report: RereadReport): string[] {
  const { counts, now } = report;
  const readers = now.map(({ name, version, posts }) => `${name} ${version}: ${posts} posts`).join(', ');
  const listed = [
    ...report.new.slice(0, mostShown).map((post) => postLine('+', post)),
    ...report.changed
      .slice(0, mostShown)
      .map((post) =>
        postLine('~', post, `  (${post.fields.map(({ field }) => field).join(', ')})${tagsOf(post.tags)}`),
      ),
    ...report.gone.slice(0, mostShown).map((post) => postLine('-', post, tagsOf(post.tags))),
  ];
  const cut = counts.new + counts.changed + counts.gone - listed.length;
  return [
    `${report.captureId}  ${outcomes[report.outcome]}: ${counts.same} the same, ${counts.new} new, ${counts.changed} changed, ${counts.gone} gone  ${oneLine(report.sourceName, 60)}`,
    `  read by ${readers || 'no reader'}`,
    ...listed,
    ...(cut > 0 ? [`  … and ${cut} more (--json lists them)`] : []),
  ];
}

export function addRereadCommand(program: Command): void {
  archiveCommand(program, 'reread', 'read posts out of old captures again, with the readers as they are now')
    .argument('<archive>')
    .option('--capture <id...>', 'these captures')
    .option('--all', 'every capture')
    .option('--dry-run', 'show the difference, keep nothing')
    .action(async (path: string, options: RereadOptions) => {
      const { capture = [], all = false } = options;
      if (all === capture.length > 0)
        throw new HoldfastError('bad-usage', 'Say which captures: --capture ID, or --all.');
      const bar = meter();
      try {
        const done = await withArchive(path, options, (archive, signal) =>
          rereadMany(archive, all ? 'all' : capture, options.dryRun !== true, { signal, progress: bar.show }),
        );
        bar.stop();
        output(options.json ?? false).result(done, [
          ...done.captures.flatMap(reportLines),
          ...done.refused.map((r) => `refused  ${r.captureId}: ${r.message} [${r.code}]`),
          `${done.captures.length} captures read again, ${done.notRead} not for site readers, ${done.refused.length} refused`,
        ]);
        process.exitCode = done.refused.length > 0 ? exitCode.refused : exitCode.done;
      } finally {
        bar.stop();
      }
    });
}
