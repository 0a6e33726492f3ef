import type { EventKind } from '../../contract/events.ts';

export const custodyMessages = {
  heading: 'Custody log',
  intro:
    'Every act that adds something leaves one line here, newest first, which commits to the document of that act. The archive refuses to change a line; whoever holds the file and its passphrase could still replace the file.',
  list: 'Events of the custody log, newest first. Arrow keys move.',
  total: (count: string) => `${count} in all`,
  found: (count: string) => `${count} found`,
  none: 'No act in the log is like this.',
  filter: {
    heading: 'Which acts to show',
    kind: 'What was done',
    anyKind: 'Anything',
    person: 'By whom',
    anyPerson: 'Anyone',
    from: 'From (UTC)',
    to: 'Up to and including (UTC)',
    id: 'Id contains',
    idHelp: 'Of the act, or of the capture, post or other thing that it is about',
    idBad: 'Ids are made of the digits 0–9, the letters a–f and hyphens.',
    clear: 'Show everything',
  },
  log: {
    heading: 'The signed head of the log',
    intro:
      'A checkpoint says how many acts are recorded and gives one number, the root, that changes if any of them is changed, left out or put in another place. It is signed by the key of this log. Whoever keeps a copy can later see whether the log still begins the same.',
    newest: 'The newest checkpoint',
    none: 'Nothing is signed yet. Locking the archive signs; so does the button.',
    covers: 'Covers',
    all: (count: string) => `${count}: everything that is recorded`,
    behind: (count: string, since: string) => `${count}; recorded since and not covered yet: ${since}`,
    madeAt: 'Signed at, by this computer’s clock',
    root: 'Root',
    vkey: 'Key of the log (public)',
    origin: 'Name of the log',
    note: 'The checkpoint, exactly as signed',
    noteWhat: 'checkpoint',
    rootWhat: 'root',
    vkeyWhat: 'key',
    limits:
      'The key lies in the archive. So a checkpoint shows what this archive said, not when it said it, and not that nothing else was said elsewhere. A timestamp or a copy in other hands shows more.',
    sign: 'Sign what is recorded now',
    earlier: (count: string) => `${count} kept, this one included`,
    kept: 'Checkpoints',
  },
  check: {
    heading: 'Check the log',
    intro:
      'Reads every act and holds it against its line in the log, makes every table anew and compares, checks every signature of the log, and hashes all artifacts again. Nothing is changed, and you can go on working meanwhile. For a large archive this takes as long as reading all of it.',
    start: 'Check the log',
    running: 'Checking the log',
    ok: 'Everything is as the log says',
    bad: 'Something is not as the log says',
    badAdvice:
      'The first difference stands first. Do not go on working in this archive: keep it as it is, work on a copy, and compare with a backup.',
    counts: (events: string, checkpoints: string, blobs: string, bytes: string) =>
      `${events}, ${checkpoints}, ${blobs} hashed again (${bytes}).`,
    limits:
      'This says that the archive agrees with itself. It does not say that what was captured is true, nor that nobody replaced the archive as a whole: for that, compare the root with a checkpoint that you keep elsewhere.',
    purged: (count: string) => `${count} destroyed on purpose, as the log says.`,
    table: 'Where',
    what: 'What was found',
    more: (count: string) => `There are ${count} more.`,
  },
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

/** Acts in words, as after the name of who did it; a kind that is not listed is shown as it is written in the log. */
export const kindWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'session.opened': 'Opened the archive',
    'archive.created': 'Made this archive',
    'log.started': 'Gave the custody log a key',
    'clauses.added': 'Added clauses of policies',
    'capture.sealed': 'Captured or imported something',
    'reading.made': 'Read posts out of a capture',
    'tag.set': 'Tagged a post with a clause',
    'bundle.compiled': 'Made a bundle',
    'timestamp.requested': 'Asked for a timestamp',
    'timestamp.attached': 'Attached a timestamp',
    'bundle.imported': 'Took in a bundle',
    'policy.added': 'Added a policy to the library',
    'version.added': 'Added a dated version of a policy',
    'clause.corrected': 'Corrected a clause of the library',
    'clause.linked': 'Linked two clauses',
    'tag.reviewed': 'Reviewed a tag',
    'palette.arranged': 'Arranged the palette of clauses',
    'phrase.added': 'Added a phrase to the list',
    'phrase.removed': 'Removed a phrase from the list',
    'coding.drawn': 'Drew a sample for coding',
    'report.filed': 'Noted that posts were reported',
    'statement.added': 'Kept what was said about a clause',
    'log.forked': 'Found two histories of one log',
    'backup.made': 'Made a backup',
    'archive.restored': 'Restored this archive from a backup',
    'recovery.exported': 'Made a recovery sheet',
    'passphrase.changed': 'Changed the passphrase',
    'signer.added': 'Named a signer',
    'signer.replaced': 'Replaced a signer',
  } satisfies Record<EventKind, string>),
);

/** In: an event's kind. Out: it in words. */
export function kindInWords(kind: string): string {
  return kindWords.get(kind) ?? kind;
}
