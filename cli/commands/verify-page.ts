/** verify-page: the page that checks bundles in a browser, for those who should not take it out of the bundle. */
import type { Command } from 'commander';
import { writeNewFile } from '../../archive/new-file.ts';
import { verifyPage } from '../../archive/verify-page.ts';
import { output } from '../output.ts';

export function addVerifyPageCommand(program: Command): void {
  program
    .command('verify-page')
    .description('the SHA-256 of this version’s verify.html; with a path, the page itself')
    .argument('[out]', 'where to write it; nothing may be there yet')
    .option('--json', 'one JSON document on standard output')
    .action((out: string | undefined, options: { json?: boolean }) => {
      const { bytes, sha256 } = verifyPage();
      if (out !== undefined) writeNewFile(out, bytes, 0o644);
      const document = { sha256, size: bytes.length, path: out ?? null };
      output(options.json ?? false).result(document, [
        `verify.html: ${bytes.length} bytes, SHA-256 ${sha256}`,
      ]);
    });
}
