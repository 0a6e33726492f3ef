/** import: files that others collected. */
import type { Command } from 'commander';
import { importFiles } from '../../archive/import/import-files.ts';
import type { ImportReport } from '../../contract/model/capture.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

/** One line for all warnings of a kind about a file: a recorder's habit comes hundreds of times. */
function warningLines(warnings: ImportReport['warnings']): string[] {
  const groups = Map.groupBy(warnings, ({ path, code }) => JSON.stringify([path, code]));
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const others = more.length === 0 ? '' : ` (and ${more.length} more like it; --json lists them)`;
    return `warning  ${oneLine(first.path, 80)}: ${oneLine(first.message, 200)} [${first.code}]${others}`;
  });
}

interface ImportOptions extends ArchiveOptions {
  trust?: string[];
  tsaRoot?: string[];
  json?: boolean;
}

export function addImportCommand(program: Command): void {
  archiveCommand(program, 'import', 'take in saved pages, pictures, MHTML, WARC, WACZ, bundles')
    .argument('<archive>')
    .argument('<path...>', 'files, or folders of files')
    .option('--trust <cert...>', 'certificates (PEM) of signers whose bundles and WACZ you trust')
    .option('--tsa-root <cert...>', 'certificates (PEM) of time-stamping authorities that you trust')
    .action(async (path: string, paths: string[], options: ImportOptions) => {
      const bar = meter();
      try {
        const report = await withArchive(path, options, (archive, signal) =>
          importFiles(archive, paths, {
            signal,
            progress: bar.show,
            named: { trust: options.trust ?? [], tsaRoots: options.tsaRoot ?? [] },
          }),
        );
        bar.stop();
        output(options.json ?? false).result(report, [
          ...report.captures.map(
            (c) =>
              `${c.id}  ${c.format.padEnd(7)} ${String(c.posts).padStart(5)} posts  ${oneLine(c.path, 80)}`,
          ),
          ...report.refused.map((r) => `refused  ${oneLine(r.path, 80)}: ${r.message} [${r.code}]`),
          ...warningLines(report.warnings),
          `${report.captures.length} captures, ${report.posts.length} posts, ${report.artifacts.length} artifacts, ${report.refused.length} refused`,
        ]);
        process.exitCode = report.refused.length > 0 ? exitCode.refused : exitCode.done;
      } finally {
        bar.stop();
      }
    });
}
