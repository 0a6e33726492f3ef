/** bundle and verify: what leaves the desk, and checking it. */
import type { Command } from 'commander';
import { compileBundle } from '../../archive/compile.ts';
import { verifyFile } from '../../archive/verify.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { Verification } from '../../contract/model/bundle.ts';
import { exitCode, output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

interface BundleOptions extends ArchiveOptions {
  all?: boolean;
  capture?: string[];
  json?: boolean;
}

const verdictWords: Record<Verification['verdict'], string> = {
  trusted: 'TRUSTED: nothing changed since the signature, and the signer is one that you named',
  consistent:
    'CONSISTENT: nothing changed since the signature; who signed was not checked (--trust CERT.pem)',
  failed: 'FAILED',
};

function verificationLines(verification: Verification): string[] {
  return [
    ...verification.steps.map(
      ({ step, status, message }) => `${status.padEnd(11)} ${step.padEnd(15)} ${message}`,
    ),
    ...verification.files.map(({ path, problem }) => `  ${problem}: ${path}`),
    ...(verification.signer === null
      ? []
      : [`signer: ${verification.signer.name}, certificate SHA-256 ${verification.signer.fingerprint}`]),
    verdictWords[verification.verdict],
  ];
}

export function addBundleCommands(program: Command): void {
  archiveCommand(program, 'bundle', 'compile a signed evidence bundle')
    .argument('<archive>')
    .argument('<out>', 'path of the new bundle, *.zip')
    .option('--all', 'every capture of the archive')
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

  program
    .command('verify')
    .description('check a bundle: exit 0 trusted, 3 consistent but the signer was not checked, 1 failed')
    .argument('<bundle>', 'the bundle, *.zip')
    .option('--trust <cert...>', 'certificates (PEM) of signers that you trust, or of their authority')
    .option('--json', 'one JSON document on standard output')
    .action(async (path: string, options: { trust?: string[]; json?: boolean }) => {
      const bar = meter();
      try {
        const verification = await verifyFile(path, options.trust ?? [], { progress: bar.show });
        bar.stop();
        output(options.json ?? false).result(verification, verificationLines(verification));
        process.exitCode = {
          trusted: exitCode.done,
          consistent: exitCode.signerNotChecked,
          failed: exitCode.refused,
        }[verification.verdict];
      } finally {
        bar.stop();
      }
    });
}
