import type { EventKind } from '../../contract/events.ts';

export const custodyMessages = {
  heading: 'Custody log',
  intro:
    'Every act that adds something leaves one line here, newest first, which commits to the document of that act. The archive refuses to change a line; whoever holds the file and its passphrase could still replace the file.',
  list: 'Events of the custody log, newest first. Arrow keys move.',
  total: (count: string) => `${count} in all`,
  facts: 'This archive',
  fact: {
    path: 'File',
    encryption: 'Encryption',
    id: 'Archive id',
    created: 'Created at',
    pageSize: 'Database page',
    schema: 'Schema version',
    size: 'File size, without its write-ahead log',
    counts: 'Holds',
    actor: 'Opened by',
    runtime: 'Program',
  },
  encrypted: 'encrypted (SQLCipher 4 format)',
  plain: 'not encrypted: anyone who has the file can read it',
  pageSizeOf: (bytes: string) => `${bytes} bytes (other SQLCipher tools need cipher_page_size set to this)`,
  pathWhat: 'path',
  idWhat: 'archive id',
  rebuild: 'Rebuild the tables from the events',
  rebuildHelp:
    'The tables that you see are derived from the log’s documents. Rebuilding makes them anew and reports every difference.',
  rebuildClean: (events: string) => `${events} read again: the tables were exactly as the documents say.`,
  rebuildDiffers: (events: string) => `${events} read again: these tables differed and were put right.`,
  table: 'Table',
  first: 'First difference',
} as const;

/** Kinds of events in words; a kind that is not listed is shown as it is written in the log. */
const kindWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'session.opened': 'Session opened',
    'archive.created': 'Archive created',
    'log.started': 'Log key made',
    'clauses.added': 'Clauses added',
    'capture.sealed': 'Capture sealed',
    'reading.made': 'Reading made',
    'tag.set': 'Tag set',
    'bundle.compiled': 'Bundle compiled',
    'backup.made': 'Backup made',
    'archive.restored': 'Restored from a backup',
    'recovery.exported': 'Recovery sheet made',
    'passphrase.changed': 'Passphrase changed',
  } satisfies Record<EventKind, string>),
);

/** In: an event's kind. Out: it in words. */
export function kindInWords(kind: string): string {
  return kindWords.get(kind) ?? kind;
}
