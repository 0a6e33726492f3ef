/** bundle: what leaves the desk. */
import type { Command } from 'commander';
import { compileBundle } from '../../archive/compile.ts';
import { HoldfastError } from '../../contract/errors.ts';
import { output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

interface BundleOptions extends ArchiveOptions {
  all?: boolean;
  capture?: string[];
  json?: boolean;
}

export function addBundleCommands(program: Command): void {
  archiveCommand(program, 'bundle', 'compile a signed evidence bundle')
    .argument('<archive>')
    .argument('<out>', 'path of the new bundle, *.zip')
    .option('--all', 'every capture of the archive, but not bundles that were taken in')
    .option('--capture <id...>', 'these captures')
    .action(async (path: string, out: string, options: BundleOptions) => {
      if (options.identity === undefined) {
        throw new HoldfastError(
          'bad-usage',
          'Name the signer: --identity FILE.p12 (`holdfast identity create` makes one).',
        );
      }
      const captures = options.all ? 'all' : options.capture;
      if (captures === undefined || (options.all && options.capture !== undefined)) {
        throw new HoldfastError('bad-usage', 'Say what goes in: --all, or --capture ID…');
      }
      const bar = meter();
      try {
        const report = await withArchive(path, options, (archive, signal, { identity }) => {
          if (identity === null)
            throw new HoldfastError('bad-usage', 'Name the signer: --identity FILE.p12.');
          return compileBundle(archive, { path: out, identity, captures }, { signal, progress: bar.show });
        });
        bar.stop();
        output(options.json ?? false).result(report, [
          `wrote ${report.path}  ${report.size} bytes, ${report.files} files, ${report.captures} captures, ${report.posts} posts, ${report.tags} tags`,
          `SHA-256 ${report.sha256}`,
          `checked after writing: ${report.verification.verdict}`,
        ]);
      } finally {
        bar.stop();
      }
    });
}
