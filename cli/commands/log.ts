/** log verify, log checkpoint, log prove: the custody log. */
import type { Command } from 'commander';
import { makeCheckpoint } from '../../archive/log/checkpoint.ts';
import { writeCaptureProof } from '../../archive/log/prove.ts';
import { describeCheckpoint } from '../../archive/log/status.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import type { LogReport } from '../../contract/model/log.ts';
import { exitCode, output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive, withArchiveInspected } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };

function reportLines(report: LogReport): string[] {
  const counts = `${report.size} events, ${report.checkpoints} checkpoints, ${report.blobs} artifacts and ${report.parts} bodies inside them hashed again (${report.bytes} bytes)`;
  return [
    `${report.origin ?? 'a log without a key'}  ${counts}`,
    ...(report.root === null ? [] : [`root ${report.root}`]),
    ...report.purges.flatMap(({ leaf, events }) =>
      events.map((seq) => `event ${seq}  purged by leaf ${leaf}`),
    ),
    ...(report.purged === 0 ? [] : [`${report.purged} purged on purpose, as the log says`]),
    ...report.problems.map(
      ({ table, row, code, message }) => `${table}${row === null ? '' : ` ${row}`}  [${code}]  ${message}`,
    ),
    ...(report.more === 0 ? [] : [`and ${report.more} more`]),
    report.ok
      ? 'IN ORDER: everything is as the log says'
      : 'NOT IN ORDER: the first difference stands first; work on a copy, and compare with a backup',
  ];
}

export function addLogCommands(program: Command): void {
  const log = program.command('log').description('the custody log: check it, sign its head, prove a capture');

  archiveCommand(log, 'verify', 'check everything against the log: exit 0 in order, 1 not')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const bar = meter();
      try {
        const report = await withArchiveInspected(path, options, (archive, signal) =>
          verifyLog(archive, { signal, progress: bar.show }),
        );
        bar.stop();
        output(options.json ?? false).result(report, reportLines(report));
        process.exitCode = report.ok ? exitCode.done : exitCode.refused;
      } finally {
        bar.stop();
      }
    });

  archiveCommand(log, 'checkpoint', 'sign the head of the log over everything recorded')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const checkpoint = await withArchive(path, options, (archive) =>
        describeCheckpoint(archive, makeCheckpoint(archive)),
      );
      output(options.json ?? false).result(checkpoint, [
        ...checkpoint.note.trimEnd().split('\n'),
        '',
        `verifier key ${checkpoint.vkey}`,
      ]);
    });

  archiveCommand(log, 'prove', 'write the proof that a capture stands in the log')
    .argument('<archive>')
    .argument('<capture>', 'id of the capture')
    .argument('<out>', 'path of the new file, *.tlog-proof')
    .action(async (path: string, captureId: string, out: string, options: Options) => {
      const report = await withArchive(path, options, (archive) =>
        writeCaptureProof(archive, captureId, out),
      );
      output(options.json ?? false).result(report, [
        `wrote ${report.path}  event ${report.seq} of ${report.size} in ${report.origin}`,
        `verifier key ${report.vkey}`,
      ]);
    });
}
