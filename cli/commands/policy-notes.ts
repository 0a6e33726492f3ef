/** policy diff, history, statement, link, correct: comparing, and what people add by hand. */
import { type Command, Option } from 'commander';
import { clauseHistory, diffVersions } from '../../archive/policies/compare.ts';
import { seenText } from '../../archive/policies/lookup.ts';
import {
  addStatement,
  type CorrectionDraft,
  correctClause,
  linkClauses,
  statements,
} from '../../archive/policies/notes.ts';
import { HoldfastError } from '../../contract/errors.ts';
import { clauseRoleSchema } from '../../contract/model/clause.ts';
import {
  type ClauseChange,
  clauseLinkKindSchema,
  olderPostsSchema,
  olderPostsWords,
  type Statement,
  statementEffectSchema,
  type WordChange,
} from '../../contract/model/policy.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };

/** `[-gone-]{+new+}`, with little of what is the same around it. */
function inline(words: readonly WordChange[]): string {
  return words
    .map(({ op, text }) => {
      if (op === 'removed') return `[-${text}-]`;
      if (op === 'added') return `{+${text}+}`;
      return text.length > 160 ? `${text.slice(0, 70)} … ${text.slice(-70)}` : text;
    })
    .join('')
    .replace(/\s+/g, ' ');
}

function changeLine({ change, key, before, after, words }: ClauseChange): string[] {
  const text = change === 'reworded' ? inline(words) : oneLine(after ?? before ?? '', 200);
  return [`${change.padEnd(8)} ${key}`, `    ${text}`];
}

const statementLine = ({ saidOn, speaker, text, reportedIn, effect, key, olderPosts }: Statement): string =>
  `${saidOn}  ${speaker}${reportedIn === null ? '' : `, reported in ${reportedIn}`} [${effect}] of ${key}: ${oneLine(text, 160)}${olderPosts === undefined ? '' : `; of older posts: ${olderPostsWords(olderPosts)}`}`;

function addCompare(policy: Command): void {
  archiveCommand(policy, 'diff', 'what differs between two versions, by clause and by word')
    .argument('<archive>')
    .argument('<before>', 'id of a version')
    .argument('<after>', 'id of a version')
    .action(async (path: string, before: string, after: string, options: Options) => {
      const diff = await withArchive(path, options, (archive) => diffVersions(archive, before, after));
      const { same, moved, reworded, added, removed } = diff.counts;
      output(options.json ?? false).result(diff, [
        `${added} added, ${removed} removed, ${reworded} reworded, ${moved} moved, ${same} the same`,
        ...diff.changes.filter(({ change }) => change !== 'moved').flatMap(changeLine),
      ]);
    });
  archiveCommand(policy, 'history', 'when a clause came, changed and went')
    .argument('<archive>')
    .argument('<key>', 'its key')
    .action(async (path: string, key: string, options: Options) => {
      const history = await withArchive(path, options, (archive) => clauseHistory(archive, key));
      output(options.json ?? false).result(history, [
        `${history.key}  ${history.title}`,
        ...history.entries.map(
          ({ seen, what, text, words }) =>
            `${what.padEnd(9)} seen ${seenText(seen)}  ${words.length > 0 ? inline(words) : oneLine(text ?? '', 160)}`,
        ),
        ...history.statements.map(statementLine),
      ]);
    });
}

interface StatementOptions extends Options {
  speaker: string;
  saidOn: string;
  text: string;
  reportedIn?: string;
  address?: string;
  capture?: string;
  effect: string;
  olderRemoved?: string;
  olderSanctioned?: string;
}

const answerOption = (flags: string, what: string): Option =>
  new Option(flags, `${what}, by what was said`).choices(['yes', 'no']);

function olderPosts({ olderRemoved, olderSanctioned }: StatementOptions): Pick<Statement, 'olderPosts'> {
  if (olderRemoved === undefined && olderSanctioned === undefined) return {};
  const said = { removal: olderRemoved ?? 'not-said', sanction: olderSanctioned ?? 'not-said' };
  return { olderPosts: olderPostsSchema.parse(said) };
}

function addStatements(policy: Command): void {
  const statement = policy
    .command('statement')
    .description('what a platform said about a clause; never part of its text');
  archiveCommand(statement, 'add', 'keep what was said about a clause')
    .argument('<archive>')
    .argument('<key>', 'key of the clause')
    .requiredOption('--speaker <name>', 'who said it')
    .requiredOption('--said-on <day>', 'the day in UTC, such as 2020-10-14')
    .requiredOption('--text <text>', 'what was said')
    .option('--reported-in <where>', 'where it was reported; left out: at first hand')
    .option('--address <url>', 'where it can be read')
    .option('--capture <id>', 'the capture that shows it')
    .addOption(
      new Option('--effect <effect>', 'what it says of the clause')
        .choices(statementEffectSchema.options)
        .default('explains'),
    )
    .addOption(answerOption('--older-removed <answer>', 'whether posts older than the clause are removed'))
    .addOption(answerOption('--older-sanctioned <answer>', 'whether they bring a sanction'))
    .action(async (path: string, key: string, options: StatementOptions) => {
      const added = await withArchive(path, options, (archive) =>
        addStatement(archive, {
          key,
          speaker: options.speaker,
          saidOn: options.saidOn,
          text: options.text,
          reportedIn: options.reportedIn ?? null,
          address: options.address ?? null,
          capture: options.capture ?? null,
          effect: statementEffectSchema.parse(options.effect),
          ...olderPosts(options),
        }),
      );
      output(options.json ?? false).result(added, [statementLine(added)]);
    });
  archiveCommand(statement, 'list', 'the statements about a clause, or all')
    .argument('<archive>')
    .argument('[key]', 'key of the clause')
    .action(async (path: string, key: string | undefined, options: Options) => {
      const list = await withArchive(path, options, (archive) => statements(archive, key ?? null));
      output(options.json ?? false).result({ statements: list }, list.map(statementLine));
    });
}

function addLink(policy: Command): void {
  archiveCommand(policy, 'link', 'say how two clauses hang together')
    .argument('<archive>')
    .argument('<from>', 'key of the exception, sanction or definition')
    .argument('<to>', 'key of the rule that it belongs to')
    .addOption(
      new Option('--kind <kind>', 'what the first does to the second')
        .choices(clauseLinkKindSchema.options)
        .makeOptionMandatory(),
    )
    .option('--because <text>', 'why')
    .action(
      async (
        path: string,
        from: string,
        to: string,
        options: Options & { kind: string; because?: string },
      ) => {
        const link = await withArchive(path, options, (archive) =>
          linkClauses(archive, {
            from,
            to,
            kind: clauseLinkKindSchema.parse(options.kind),
            because: options.because ?? null,
          }),
        );
        output(options.json ?? false).result(link, [`${from} ${link.kind} ${to}`]);
      },
    );
}

interface CorrectOptions extends Options {
  because: string;
  version?: string;
  is?: string;
  new?: boolean;
  role?: string;
  confirm?: boolean;
}

function changeOf(options: CorrectOptions): CorrectionDraft['change'] {
  const changes: CorrectionDraft['change'][] = [];
  if (options.is !== undefined) changes.push({ kind: 'key', key: options.is });
  if (options.new) changes.push({ kind: 'key', key: null });
  if (options.confirm) changes.push({ kind: 'confirm' });
  if (options.role !== undefined) {
    changes.push({
      kind: 'role',
      role: options.role === 'none' ? null : clauseRoleSchema.parse(options.role),
    });
  }
  const [only] = changes;
  if (only === undefined || changes.length > 1) {
    throw new HoldfastError('bad-usage', 'Give one of --is, --new, --role, --confirm.');
  }
  return only;
}

function addCorrect(policy: Command): void {
  archiveCommand(policy, 'correct', 'correct what was proposed for a clause; kept as an act of its own')
    .argument('<archive>')
    .argument('<key>', 'key of the clause, as it is shown')
    .option('--policy-version <id>', 'from this version on; left out: from the first that has it')
    .option('--is <key>', 'it is the clause with this key')
    .option('--new', 'it is a clause of its own')
    .addOption(new Option('--role <role>', 'what it does').choices([...clauseRoleSchema.options, 'none']))
    .option('--confirm', 'it is rightly the same clause, though reworded')
    .requiredOption('--because <text>', 'why')
    .action(async (path: string, key: string, options: CorrectOptions & { policyVersion?: string }) => {
      const change = changeOf(options);
      const body = await withArchive(path, options, (archive) =>
        correctClause(archive, {
          key,
          version: options.policyVersion ?? null,
          because: options.because,
          change,
        }),
      );
      const said =
        body.change.kind === 'key'
          ? `is ${body.change.key}`
          : body.change.kind === 'role'
            ? `role: ${body.change.role ?? 'none'}`
            : 'confirmed';
      output(options.json ?? false).result(body, [`${key}: ${said}, from version ${body.version} on`]);
    });
}

export function addPolicyNoteCommands(policy: Command): void {
  addCompare(policy);
  addStatements(policy);
  addLink(policy);
  addCorrect(policy);
}
