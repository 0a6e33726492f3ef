/** init, status, rebuild: the archive itself. */
import type { Command } from 'commander';
import { closeArchive, createArchive } from '../../archive/open.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { starterPack } from '../../archive/starter-pack.ts';
import { archiveStatus } from '../../archive/status.ts';
import { exitCode, output } from '../output.ts';
import { archivePassphrase } from '../passphrase.ts';
import {
  type ArchiveOptions,
  chosenIdentity,
  claimedName,
  withArchive,
  withArchiveInspected,
} from '../with-archive.ts';
import { archiveCommand } from './command.ts';

export function addArchiveCommands(program: Command): void {
  archiveCommand(program, 'init', 'make a new archive')
    .argument('<archive>', 'path of the new archive, *.holdfast')
    .option('--plain', 'do not encrypt: whoever has the file can read everything in it')
    .action(async (path: string, options: ArchiveOptions & { plain?: boolean; json?: boolean }) => {
      const passphrase = options.plain ? null : await archivePassphrase(options.passphraseFile, true);
      const identity = await chosenIdentity(options);
      const archive = await createArchive({
        path,
        passphrase,
        person: { name: claimedName(options), identity },
        clauses: starterPack,
      });
      try {
        const status = archiveStatus(archive);
        output(options.json ?? false).result(status, [
          `made ${status.path}`,
          options.plain
            ? 'NOT encrypted: whoever has the file can read everything in it'
            : 'encrypted (SQLCipher 4); without its passphrase or a recovery sheet everything in it is lost',
        ]);
      } finally {
        closeArchive(archive);
      }
    });

  archiveCommand(program, 'status', 'what an archive holds')
    .argument('<archive>')
    .action(async (path: string, options: ArchiveOptions & { json?: boolean }) => {
      const status = await withArchive(path, options, archiveStatus);
      const { counts } = status;
      output(options.json ?? false).result(status, [
        `${status.path}  ${status.encrypted ? 'encrypted' : 'NOT encrypted'}, ${status.fileSize} bytes, page size ${status.pageSize}`,
        `${counts.captures} captures, ${counts.posts} posts, ${counts.tags} tags, ${counts.artifacts} artifacts, ${counts.events} events`,
      ]);
    });

  archiveCommand(program, 'rebuild', 'make every table anew from the events')
    .argument('<archive>')
    .action(async (path: string, options: ArchiveOptions & { json?: boolean }) => {
      const report = await withArchiveInspected(path, options, rebuild);
      output(options.json ?? false).result(report, [
        `${report.events} events applied`,
        ...(report.differences.length === 0
          ? ['every table was as the events say']
          : report.differences.map(({ table, first }) => `${table} differed and was repaired: ${first}`)),
      ]);
      process.exitCode = exitCode.done;
    });
}
