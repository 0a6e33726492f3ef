/** bundle: what leaves the desk. */
import { type Command, Option } from 'commander';
import { compileBundle, previewBundle } from '../../archive/compile.ts';
import { HoldfastError } from '../../contract/errors.ts';
import { leavingClassSchema, leavingOrderSchema, profileSchema } from '../../contract/model/leaving.ts';
import { previewLines } from '../leaving.ts';
import { output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

interface BundleOptions extends ArchiveOptions {
  all?: boolean;
  capture?: string[];
  profile?: string;
  include?: string[];
  acceptLeak?: string[];
  redaction?: string[];
  preview?: boolean;
  json?: boolean;
}

export function addBundleCommands(program: Command): void {
  archiveCommand(program, 'bundle', 'compile a signed evidence bundle')
    .argument('<archive>')
    .argument('[out]', 'path of the new bundle, *.zip; none with --preview')
    .option('--all', 'every capture of the archive, but not bundles that were taken in')
    .option('--capture <id...>', 'these captures')
    .addOption(
      new Option('--profile <profile>', 'for whom it is: what stays behind').choices(profileSchema.options),
    )
    .addOption(
      new Option('--include <class...>', 'what goes along all the same').choices(leavingClassSchema.options),
    )
    .option('--accept-leak <code:key...>', 'what was found and may leave')
    .option('--redaction <id...>', 'only these redactions hold; without it all that are not lifted')
    .option('--preview', 'say who and what would leave; write nothing')
    .action(async (path: string, out: string | undefined, options: BundleOptions) => {
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
      const leaving = leavingOrderSchema.parse({
        profile: options.profile,
        include: options.include,
        acceptLeaks: options.acceptLeak,
        redactions: options.redaction,
      });
      if ((out === undefined) !== (options.preview ?? false)) {
        throw new HoldfastError(
          'bad-usage',
          'Say where the bundle is to be, or --preview and no place: then nothing is written.',
        );
      }
      const bar = meter();
      try {
        if (out === undefined) {
          const preview = await withArchive(path, options, (archive, signal, { identity }) => {
            if (identity === null)
              throw new HoldfastError('bad-usage', 'Name the signer: --identity FILE.p12.');
            return previewBundle(archive, { identity, captures, leaving }, { signal, progress: bar.show });
          });
          bar.stop();
          output(options.json ?? false).result(preview, previewLines(preview));
          return;
        }
        const report = await withArchive(path, options, (archive, signal, { identity }) => {
          if (identity === null)
            throw new HoldfastError('bad-usage', 'Name the signer: --identity FILE.p12.');
          return compileBundle(
            archive,
            { path: out, identity, captures, leaving },
            { signal, progress: bar.show },
          );
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
