/** persona: under which name, from where and with which browser pages are looked at. */

import { type Command, Option } from 'commander';
import {
  addPersona,
  changePersona,
  listPersonas,
  requirePersona,
  retirePersona,
} from '../../archive/personas/personas.ts';
import { clearSession } from '../../archive/personas/session.ts';
import { isCommonName } from '../../contract/common-name.ts';
import { HoldfastError } from '../../contract/errors.ts';
import {
  type Persona,
  type PersonaChanges,
  type PersonaPace,
  personaColourSchema,
  personaPaceSchema,
  usualPersonaPace,
} from '../../contract/model/persona.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };

interface FactOptions extends Options {
  name?: string;
  colour?: string;
  language?: string;
  timeZone?: string;
  userAgent?: string;
  proxy?: string;
  pace?: string;
}

/** What takes a fact of a persona away again. */
const none = 'none';

function orNone(text: string | undefined): string | null | undefined {
  return text === none ? null : text;
}

/** '8,120,2': seconds between pages, pages an hour, seconds between steps. */
function paceOf(text: string | undefined): PersonaPace | null | undefined {
  if (text === undefined || text === none) return text === none ? null : undefined;
  const parts = text.split(',').map((part) => (/^\d+$/.test(part.trim()) ? Number(part) : Number.NaN));
  const [betweenPages, pagesAnHour, betweenSteps] = parts;
  const pace = personaPaceSchema.safeParse({ betweenPages, pagesAnHour, betweenSteps });
  if (pace.success && parts.length === 3) return pace.data;
  throw new HoldfastError(
    'bad-usage',
    `Expected a pace such as 8,120,2 (seconds between pages, pages an hour, seconds between steps) or none, found "${text}".`,
  );
}

function changesOf(options: FactOptions): PersonaChanges {
  const { name, colour, language } = options;
  return {
    name,
    colour: colour === undefined ? undefined : personaColourSchema.parse(colour),
    languages:
      language === undefined
        ? undefined
        : language
            .split(',')
            .map((tag) => tag.trim())
            .filter((tag) => tag !== '' && tag !== none),
    timeZone: orNone(options.timeZone),
    userAgent: orNone(options.userAgent),
    proxy: orNone(options.proxy),
    pace: paceOf(options.pace),
  };
}

/** The options that say what a persona is. */
function withFacts(command: Command): Command {
  return command
    .addOption(new Option('--colour <colour>', 'shown around its pages').choices(personaColourSchema.options))
    .option('--language <tags>', 'what it reads, best first, such as fa-IR,fa,en; none: the browser’s own')
    .option('--time-zone <name>', 'such as Asia/Tehran; none: this computer’s')
    .option('--user-agent <text>', 'of a Chrome, Edge or Opera, whole; none: the browser’s own')
    .option(
      '--proxy <address>',
      'http://, https:// or socks5:// with host and port; nothing goes past it; none: the system’s way',
    )
    .option(
      '--pace <limits>',
      'seconds between pages, pages an hour, seconds between steps of the autopilot (8,120,2); none: no limits',
    );
}

function line({ id, name, colour, retired, sessionKeptAt, captures }: Persona): string {
  const session = sessionKeptAt === null ? 'no session kept' : `session kept ${sessionKeptAt}`;
  return `${id}  ${oneLine(name, 80)}  ${colour}  ${retired ? 'retired' : session}  ${captures} captures`;
}

/** Where a search of outgoing bundles cannot tell the name from a word. */
function nameNote({ name }: Persona): string[] {
  return isCommonName(name)
    ? [
        `note: '${oneLine(name, 80)}' is a common word. Bundles are searched for it only where it stands as a name ("${oneLine(name, 80)}", @${oneLine(name, 80)}); a longer name is found everywhere.`,
      ]
    : [];
}

function facts(persona: Persona): string[] {
  const { languages, timeZone, userAgent, proxy, pace } = persona;
  return [
    line(persona),
    `  language    ${languages.length === 0 ? 'the browser’s own' : languages.join(', ')}`,
    `  time zone   ${timeZone ?? 'this computer’s'}`,
    `  user agent  ${userAgent ?? 'the browser’s own'}`,
    `  proxy       ${proxy ?? 'none: the system’s way'}`,
    `  pace        ${pace === null ? 'none' : `${pace.betweenPages} s between pages, ${pace.pagesAnHour} pages an hour, ${pace.betweenSteps} s between steps`}`,
  ];
}

function addMaking(persona: Command): void {
  withFacts(archiveCommand(persona, 'add', 'make a persona'))
    .argument('<archive>')
    .argument('<name>', 'what it is called here; never leaves the archive')
    .action(async (path: string, name: string, options: FactOptions) => {
      const { colour, languages, timeZone, userAgent, proxy, pace } = changesOf(options);
      const added = await withArchive(path, options, (archive) =>
        addPersona(archive, {
          name,
          colour: colour ?? 'blue',
          languages: languages ?? [],
          timeZone: timeZone ?? null,
          userAgent: userAgent ?? null,
          proxy: proxy ?? null,
          pace: pace === undefined ? usualPersonaPace : pace,
        }),
      );
      output(options.json ?? false).result(added, [...facts(added), ...nameNote(added)]);
    });
  withFacts(archiveCommand(persona, 'change', 'change a persona; what is not named stays'))
    .argument('<archive>')
    .argument('<persona>', 'its name or id')
    .option('--name <name>', 'a new name')
    .action(async (path: string, named: string, options: FactOptions) => {
      const changed = await withArchive(path, options, (archive) =>
        changePersona(archive, requirePersona(archive, named).id, changesOf(options)),
      );
      output(options.json ?? false).result(changed, [...facts(changed), ...nameNote(changed)]);
    });
}

export function addPersonaCommands(program: Command): void {
  const persona = program
    .command('persona')
    .description('under which name, from where and with which browser pages are looked at');
  addMaking(persona);
  archiveCommand(persona, 'list', 'the personas; retired ones last')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const personas = await withArchive(path, options, listPersonas);
      output(options.json ?? false).result({ personas }, personas.map(line));
    });
  const acts = [
    ['show', 'what a persona is', requirePersona],
    ['retire', 'make no more captures under it, and delete its session', retirePersona],
    ['clear-session', 'delete its cookies and storage: it has to sign in again', clearSession],
  ] as const;
  for (const [name, description, act] of acts) {
    archiveCommand(persona, name, description)
      .argument('<archive>')
      .argument('<persona>', 'its name or id')
      .action(async (path: string, named: string, options: Options) => {
        const found = await withArchive(path, options, (archive) => act(archive, named));
        output(options.json ?? false).result(found, facts(found));
      });
  }
}
