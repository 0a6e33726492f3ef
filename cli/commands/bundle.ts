/** bundle: what leaves the desk. */
import { type Command, Option } from 'commander';
import { compileBundle, previewBundle } from '../../archive/compile.ts';
import { HoldfastError } from '../../contract/errors.ts';
import {
  leavingClassSchema,
  leavingOrderSchema,
  profileSchema,
  waczChoiceSchema,
} from '../../contract/model/leaving.ts';
import { previewLines } from '../leaving.ts';
import { output } from '../output.ts';
import { chromiumPrinter } from '../print-by-chromium.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { addCertifyCommand } from './certify.ts';
import { archiveCommand } from './command.ts';

interface BundleOptions extends ArchiveOptions {
  all?: boolean;
  capture?: string[];
  profile?: string;
  include?: string[];
  acceptLeak?: string[];
  redaction?: string[];
  wacz?: string;
  preview?: boolean;
  case?: string;
  notes?: boolean;
  pdf: boolean;
  json?: boolean;
}

/** What goes in, of the options that say it. */
function chosen({ all, capture, case: named, notes }: BundleOptions) {
  if ([all, capture, named].filter((each) => each !== undefined).length !== 1)
    throw new HoldfastError('bad-usage', 'Say what goes in: --case CASE, --all, or --capture ID…');
  if (notes && named === undefined)
    throw new HoldfastError('bad-usage', '--notes is about the exhibits of a case: name it with --case.');
  return { captures: capture ?? ('all' as const), case: named, notes };
}

export function addBundleCommands(program: Command): void {
  const bundle = archiveCommand(program, 'bundle', 'compile a signed evidence bundle')
    .argument('<archive>')
    .argument('[out]', 'path of the new bundle, *.zip; none with --preview')
    .option('--all', 'every capture of the archive, but not bundles that were taken in')
    .option('--capture <id...>', 'these captures')
    .option('--case <case>', 'the exhibits of this case, by its name or id')
    .option('--no-pdf', 'no report.pdf, which a Chrome or Chromium of this machine prints')
    .option('--notes', 'with --case: the notes on its exhibits, too')
    .addOption(
      new Option('--profile <profile>', 'for whom it is: what stays behind').choices(profileSchema.options),
    )
    .addOption(
      new Option('--include <class...>', 'what goes along all the same').choices(leavingClassSchema.options),
    )
    .option('--accept-leak <code:key...>', 'what was found and may leave')
    .option('--redaction <id...>', 'only these redactions hold; without it all that are not lifted')
    .addOption(
      new Option(
        '--wacz <what>',
        'of recordings: whole, or only what the exhibits need (by default whole)',
      ).choices(waczChoiceSchema.options),
    )
    .option('--preview', 'say who and what would leave; write nothing')
    .action(async (path: string, out: string | undefined, options: BundleOptions) => {
      if (options.identity === undefined) {
        throw new HoldfastError(
          'bad-usage',
          'Name the signer: --identity FILE.p12 (`holdfast identity create` makes one).',
        );
      }
      const leaving = leavingOrderSchema.parse({
        profile: options.profile,
        include: options.include,
        acceptLeaks: options.acceptLeak,
        redactions: options.redaction,
        wacz: options.wacz,
      });
      if ((out === undefined) !== (options.preview ?? false)) {
        throw new HoldfastError(
          'bad-usage',
          'Say where the bundle is to be, or --preview and no place: then nothing is written.',
        );
      }
      const what = { ...chosen(options), leaving };
      const print = options.pdf ? chromiumPrinter() : null;
      const bar = meter();
      try {
        if (out === undefined) {
          const preview = await withArchive(path, options, (archive, signal, { identity }) => {
            if (identity === null)
              throw new HoldfastError('bad-usage', 'Name the signer: --identity FILE.p12.');
            return previewBundle(archive, { identity, ...what }, { signal, progress: bar.show });
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
            { path: out, identity, ...what },
            { signal, progress: bar.show, print },
          );
        });
        bar.stop();
        output(options.json ?? false).result(report, [
          `wrote ${report.path}  ${report.size} bytes, ${report.files} files, ${report.captures} captures, ${report.posts} posts, ${report.tags} tags`,
          `SHA-256 ${report.sha256}`,
          ...report.warnings.map(({ message }) => `warning: ${message}`),
          `checked after writing: ${report.verification.verdict}`,
        ]);
      } finally {
        bar.stop();
      }
    });
  addCertifyCommand(bundle);
}
