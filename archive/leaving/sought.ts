/** The exact words that must not leave: of personas and their sessions, of this computer, of this archive. */
import { homedir, hostname, userInfo } from 'node:os';
import { isCommonName } from '../../contract/common-name.ts';
import { type SessionState, sessionStateSchema } from '../../contract/model/persona.ts';
import { listPersonaRows, personaNames, personaSessions } from '../../db/persona.ts';
import { withheldSalts } from '../../db/recording.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { concatBytes, fromHex, toHex } from '../../evidence/digest/sha256.ts';
import type { Sought } from '../../evidence/leak/needles.ts';
import type { Archive } from '../archive.ts';

/** This computer, as far as its files can give it away. */
export interface Machine {
  host: string;
  user: string;
  home: string;
}

export function thisMachine(): Machine {
  return { host: hostname(), user: userInfo().username, home: homedir() };
}

/** Names that so many computers have that they say nothing, and stand in every text. */
const everywhere = new Set([
  'localhost',
  'root',
  'user',
  'admin',
  'administrator',
  'guest',
  'node',
  'home',
  'host',
  'desktop',
  'laptop',
  'computer',
  'runner',
  'ubuntu',
  'debian',
  'test',
  'public',
]);

function ofMachine({ host, user, home }: Machine): Sought[] {
  const found: Sought[] = [];
  const says = (name: string): boolean => name.length >= 4 && !everywhere.has(name.toLowerCase());
  const [short = ''] = host.split('.');
  for (const value of new Set([host, short]))
    if (says(value)) found.push({ code: 'machine-name', value, alone: true });
  if (says(user)) found.push({ code: 'user-name', value: user, alone: true });
  const folders = home.split(/[/\\]/).filter((part) => part !== '');
  if (folders.length < 2) return found;
  // As a path, and as an address of a file on a system whose paths have the other stroke.
  for (const value of new Set([home, home.replaceAll('\\', '/')]))
    found.push({ code: 'home-folder', value, alone: true });
  return found;
}

/** Too short, or a word that stands everywhere: it would be found where it is not meant, and lets nobody in. */
function tells(value: string): boolean {
  if (value.length < 8 || value.length > 4096 || /\s/.test(value)) return false;
  return value.length >= 16 || (/\d/.test(value) && /[A-Za-z]/.test(value));
}

function ofSession({ cookies, storage }: SessionState): string[] {
  return [
    ...cookies.map(({ value }) => value),
    ...storage.flatMap(({ items }) => items.map(([, value]) => value)),
  ].filter(tells);
}

/** By what a name is known. One that is a word of every text counts only where it stands as a name. */
function ofName(name: string): Sought[] {
  const code = 'persona-name';
  if (name.length < 3) return [];
  if (!isCommonName(name)) return [{ code, value: name, alone: true }];
  const asName = [`"${name}"`, `>${name}<`, `=${name}&`];
  return [{ code, value: `@${name}`, alone: true }, ...asName.map((value) => ({ code, value }))];
}

function ofPersonas({ db }: Archive): Sought[] {
  const found = personaNames(db).flatMap(ofName);
  for (const { proxy } of listPersonaRows(db)) {
    const host = proxy === null ? null : URL.parse(proxy)?.hostname;
    if (host != null && host !== 'localhost' && host !== '127.0.0.1')
      found.push({ code: 'persona-proxy', value: host, alone: true });
  }
  for (const bytes of personaSessions(db)) {
    const state = sessionStateSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    for (const value of new Set(ofSession(state.data ?? { v: 1, cookies: [], storage: [] })))
      found.push({ code: 'cookie-value', value });
  }
  return found;
}

/** What is looked for in every outgoing file, and what in captured files alone. */
export function soughtIn(archive: Archive, machine: Machine): { everywhere: Sought[]; inCaptures: Sought[] } {
  const { archiveId } = archive.info;
  return {
    everywhere: [...ofPersonas(archive), ...ofMachine(machine)],
    // The bundle's own records name the archive; a page that holds its id was made on this desk.
    inCaptures: [archiveId, archiveId.replaceAll('-', '')].map((value) => ({ code: 'archive-id', value })),
  };
}

/** Tells whether a word is a secret that was withheld elsewhere in these captures: the archive kept salts, not secrets. */
export function withheldIn(archive: Archive, captures: readonly string[]): (value: string) => boolean {
  const salts = withheldSalts(archive.db, captures);
  const known = new Map<string, boolean>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const secret = new TextEncoder().encode(value);
    const is = salts.some(
      ({ salt, commitment }) =>
        toHex(nodeSha256.of(concatBytes(Uint8Array.of(4), fromHex(salt), secret))) === commitment,
    );
    known.set(value, is);
    return is;
  };
}
