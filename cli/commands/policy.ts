/** policy clauses: what a tag can point to. */
import type { Command } from 'commander';
import { listClauses } from '../../archive/posts.ts';
import { output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

export function addPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('platform rules');
  archiveCommand(policy, 'clauses', 'the clauses that a tag can point to')
    .argument('<archive>')
    .option('--platform <platform>', 'only of this platform: x, meta, youtube, tiktok')
    .action(async (path: string, options: ArchiveOptions & { json?: boolean; platform?: string }) => {
      const clauses = await withArchive(path, options, (archive) =>
        listClauses(archive, '', options.platform ?? null),
      );
      output(options.json ?? false).result(
        { clauses },
        clauses.map((clause) => `${clause.key.padEnd(36)} ${clause.role.padEnd(12)} ${clause.title}`),
      );
    });
}
