/** report add, list: that posts were reported to somebody, and when. */
import type { Command } from 'commander';
import { addReport, listReports } from '../../archive/tags/reports.ts';
import type { ReportFiled } from '../../contract/model/tag.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';
import { namedPosts } from './tag.ts';

type Options = ArchiveOptions & { json?: boolean };

interface AddOptions extends Options {
  to: string;
  at: string;
  bundle?: string;
  note?: string;
  postsFrom?: string;
}

function reportLines({ id, to, at, posts, bundle, note }: ReportFiled): string[] {
  const carried = bundle === null ? '' : `, with bundle ${bundle}`;
  return [
    `${id}  ${at}  ${posts.length} ${posts.length === 1 ? 'post' : 'posts'} to ${oneLine(to, 160)}${carried}`,
    ...(note === null ? [] : [`  ${oneLine(note, 300)}`]),
  ];
}

export function addReportCommands(program: Command): void {
  const report = program.command('report').description('posts that were reported to somebody');
  archiveCommand(report, 'add', 'keep that posts were reported')
    .argument('<archive>')
    .argument('[posts...]', 'ids of posts, as `search` prints them')
    .option('--posts-from <file>', 'file with ids of posts, one a line')
    .requiredOption('--to <name>', 'to whom: a platform, an authority')
    .requiredOption('--at <time>', 'a day in UTC (2021-01-14), or an instant with its offset')
    .option('--bundle <id>', 'the bundle that went with it')
    .option('--note <text>', 'what else there is to say, such as a case number')
    .action(async (path: string, posts: string[], options: AddOptions) => {
      const { to, at, bundle = null, note = null } = options;
      const named = namedPosts(posts, options.postsFrom);
      const added = await withArchive(path, options, (archive) =>
        addReport(archive, { posts: named, to, at, bundle, note }),
      );
      output(options.json ?? false).result(added, reportLines(added));
    });
  archiveCommand(report, 'list', 'the reports of a post, or all, newest first')
    .argument('<archive>')
    .argument('[post]', 'id of a post')
    .action(async (path: string, post: string | undefined, options: Options) => {
      const reports = await withArchive(path, options, (archive) => listReports(archive, post ?? null));
      output(options.json ?? false).result({ reports }, reports.flatMap(reportLines));
    });
}
