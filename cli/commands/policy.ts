/** policy import, list, versions, clauses: the dated library. */
import { type Command, InvalidArgumentError } from 'commander';
import { describePolicies, describeVersions, versionText } from '../../archive/policies/compare.ts';
import { addVersionFromCapture } from '../../archive/policies/from-capture.ts';
import { importPolicy } from '../../archive/policies/import.ts';
import { requirePolicies } from '../../archive/policies/library.ts';
import { askedTime, clausesOn, seenText } from '../../archive/policies/lookup.ts';
import { packClausesOn } from '../../archive/policies/tag-choices.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { DatedClause, PolicyImport, PolicyVersion, Seen } from '../../contract/model/policy.ts';
import { oneLine, output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';
import { addPolicyNoteCommands } from './policy-notes.ts';

type Options = ArchiveOptions & { json?: boolean };

interface ImportOptions extends Options {
  platform: string;
  policy: string;
  capture?: string;
  norm?: string;
  address?: string;
  licence?: string;
  attribution?: string;
  seenOn?: Seen;
  inForceFrom?: string;
}

function day(text: string): Seen {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('expected a day such as 2021-01-14');
  return { at: new Date(askedTime(text).from).toISOString(), precision: 'day' };
}

function importLines(report: PolicyImport): string[] {
  const { versions, known, clauses, newKeys, unmatched, toConfirm, warnings } = report;
  return [
    `${versions} versions added, ${known} were there already`,
    `${clauses} clauses, ${newKeys} of them new; ${unmatched} matched nothing in the versions before, ${toConfirm} reworded so much that a person should look`,
    ...warnings.map(({ path, code, message }) => `${path}: ${message} [${code}]`),
  ];
}

async function runImport(path: string, from: string | undefined, options: ImportOptions): Promise<void> {
  const about = {
    platform: options.platform,
    policy: options.policy,
    kind: options.norm === undefined ? ('rules' as const) : ('norm' as const),
    jurisdiction: options.norm ?? null,
    address: options.address ?? null,
    licence: options.licence ?? null,
    attribution: options.attribution ?? null,
    inForceFrom: options.inForceFrom === undefined ? null : day(options.inForceFrom).at,
  };
  if ((from === undefined) === (options.capture === undefined)) {
    throw new HoldfastError(
      'bad-usage',
      'Name a file, folder or repository, or else a capture with --capture.',
    );
  }
  const out = output(options.json ?? false);
  const report = await withArchive(path, options, async (archive, signal) => {
    if (options.capture !== undefined)
      return addVersionFromCapture(archive, { ...about, capture: options.capture });
    const bar = meter();
    try {
      const order = { ...about, path: from ?? '', seen: options.seenOn ?? null };
      return await importPolicy(archive, order, { signal, progress: bar.show });
    } finally {
      bar.stop();
    }
  });
  out.result(report, importLines(report));
}

function addImport(policy: Command): void {
  archiveCommand(policy, 'import', 'add dated versions of a policy; what is there already is left alone')
    .argument('<archive>')
    .argument('[path]', 'a dated file, a folder of them, or an Open Terms Archive git repository')
    .requiredOption('--platform <platform>', 'whose rules: X, TikTok, …')
    .requiredOption('--policy <name>', 'which policy: Community Guidelines, …')
    .option('--capture <id>', 'the text of a page that was captured, in place of a path')
    .option('--norm <jurisdiction>', 'a law or a designation of this jurisdiction, no rule of a platform')
    .option('--address <url>', 'address of the original')
    .option('--licence <name>', 'on what terms the text may be passed on')
    .option('--attribution <text>', 'who is to be named as its source')
    .option('--seen-on <day>', 'when the text was seen, for one file whose name does not say so', day)
    .option('--in-force-from <day>', 'from when the text is known to be in force, for one file')
    .action(runImport);
}

function clauseLines(clauses: readonly DatedClause[]): string[] {
  return clauses.flatMap(({ key, role, inForce, text, title, why }) => [
    `${key}  ${role ?? '–'}  in force: ${inForce}`,
    `    ${oneLine(text ?? title, 150)}`,
    ...(inForce === 'yes' ? [] : [`    ${why}`]),
  ]);
}

function addClauses(policy: Command): void {
  archiveCommand(
    policy,
    'clauses',
    'the clauses as they stood on a day; without a day, what a tag can point to',
  )
    .argument('<archive>')
    .option('--platform <platform>', 'only of this platform')
    .option('--policy <name>', 'only of this policy')
    .option('--on <time>', 'a day (2021-01-14, UTC) or an instant (2021-01-14T09:30:00Z)')
    .option('--all', 'also those that were not in force then')
    .action(
      async (
        path: string,
        options: Options & { platform?: string; policy?: string; on?: string; all?: boolean },
      ) => {
        const { platform = null, policy: name = null, all = false } = options;
        const clauses = await withArchive(path, options, (archive) => {
          const on = options.on ?? archive.clock().toISOString();
          const pack = name === null ? packClausesOn(archive, platform, on) : [];
          try {
            const dated = clausesOn(archive, { platform, policy: name, on, all });
            return options.on === undefined ? [...pack, ...dated] : dated;
          } catch (error) {
            // Where the library has nothing of a platform, there still are names and links.
            if (pack.length > 0 && error instanceof HoldfastError && error.code === 'policy-not-found')
              return pack;
            throw error;
          }
        });
        output(options.json ?? false).result({ clauses }, clauseLines(clauses));
      },
    );
}

/** Of a text that nobody here saw: who says to have seen it. */
function cameIn({ source: { bundle } }: PolicyVersion): string {
  if (bundle === undefined) return '';
  const { archive, signer, verdict } = bundle;
  const counts =
    verdict === 'trusted' ? 'signer checked' : 'signer not checked: says nothing of what was in force';
  return `  [in a bundle of the archive ${archive}, signed by "${oneLine(signer.name, 60)}", ${counts}]`;
}

function addLists(policy: Command): void {
  archiveCommand(policy, 'list', 'the policies and norms in the library')
    .argument('<archive>')
    .option('--platform <platform>', 'only of this platform')
    .action(async (path: string, options: Options & { platform?: string }) => {
      const policies = await withArchive(path, options, (archive) =>
        describePolicies(archive, options.platform ?? null),
      );
      output(options.json ?? false).result(
        { policies },
        policies.map(({ platform, name, kind, jurisdiction, versions, clauses, firstSeen, lastSeen }) => {
          const span =
            firstSeen && lastSeen ? `seen ${seenText(firstSeen)} to ${seenText(lastSeen)}` : 'no version';
          const what = kind === 'norm' ? `  NORM of ${jurisdiction ?? ''}, no rule of a platform` : '';
          return `${platform}  ${oneLine(name, 200)}  ${versions} versions, ${clauses} clauses, ${span}${what}`;
        }),
      );
    });
  archiveCommand(policy, 'versions', 'the versions of a platform’s policies, oldest first')
    .argument('<archive>')
    .option('--platform <platform>', 'only of this platform')
    .option('--policy <name>', 'only of this policy')
    .action(async (path: string, options: Options & { platform?: string; policy?: string }) => {
      const versions = await withArchive(path, options, (archive) =>
        requirePolicies(archive, options.platform ?? null, options.policy ?? null).flatMap(
          ({ id, name, platform }) =>
            describeVersions(archive, id).map((version) => ({ platform, policy: name, ...version })),
        ),
      );
      output(options.json ?? false).result(
        { versions },
        versions.map(
          (version) =>
            `${version.id}  seen ${seenText(version.seen)}  ${version.clauses} clauses, +${version.added} ~${version.reworded} -${version.removed}  ${oneLine(version.title, 40)}  ${version.source.licence ?? 'licence not stated'}${cameIn(version)}`,
        ),
      );
    });
  archiveCommand(
    policy,
    'text',
    'the text of a version; with --json exactly, else control characters are shown as signs',
  )
    .argument('<archive>')
    .argument('<version>', 'its id')
    .action(async (path: string, id: string, options: Options) => {
      const text = await withArchive(path, options, (archive) => versionText(archive, id));
      output(options.json ?? false).result({ version: id, text }, text.split('\n'));
    });
}

export function addPolicyCommands(program: Command): void {
  const policy = program
    .command('policy')
    .description('platform rules, dated: versions, clauses, what was in force');
  addImport(policy);
  addLists(policy);
  addClauses(policy);
  addPolicyNoteCommands(policy);
}
