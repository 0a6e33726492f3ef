/** import: files that others collected. */
import type { Command } from 'commander';
import { importFiles } from '../../archive/import/import-files.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

export function addImportCommand(program: Command): void {
  archiveCommand(program, 'import', 'take in saved pages, pictures, MHTML, WARC')
    .argument('<archive>')
    .argument('<path...>', 'files, or folders of files')
    .action(async (path: string, paths: string[], options: ArchiveOptions & { json?: boolean }) => {
      const bar = meter();
      try {
        const report = await withArchive(path, options, (archive, signal) =>
          importFiles(archive, paths, { signal, progress: bar.show }),
        );
        bar.stop();
        output(options.json ?? false).result(report, [
          ...report.captures.map(
            (c) =>
              `${c.id}  ${c.format.padEnd(7)} ${String(c.posts).padStart(5)} posts  ${oneLine(c.path, 80)}`,
          ),
          ...report.refused.map((r) => `refused  ${oneLine(r.path, 80)}: ${r.message} [${r.code}]`),
          ...report.warnings.map(
            (w) => `warning  ${oneLine(w.path, 80)}: ${oneLine(w.message, 200)} [${w.code}]`,
          ),
          `${report.captures.length} captures, ${report.posts.length} posts, ${report.artifacts.length} artifacts, ${report.refused.length} refused`,
        ]);
        process.exitCode = report.refused.length > 0 ? exitCode.refused : exitCode.done;
      } finally {
        bar.stop();
      }
    });
}
