/** Addresses at which web archives replay a page: they hold the original address and a time. */
import type { StatedTime } from '../../contract/model/post.ts';

export interface Replay {
  /** Which archive, by its name and host. */
  archive: string;
  /** The address that the archive says the page was captured from. */
  original: string;
  /** When, as the archive says; null where it does not. */
  time: StatedTime | null;
}

interface Archive {
  name: string;
  hosts: readonly string[];
  /** Over path and query: what stands before the time, the time, the original address. */
  path: RegExp;
}

const archives: readonly Archive[] = [
  {
    name: 'the Wayback Machine',
    hosts: ['web.archive.org'],
    path: /^(\/web\/)(\d{14})(?:[a-z]{2}_)?\/(.+)$/s,
  },
  {
    name: 'Archive-It',
    hosts: ['wayback.archive-it.org'],
    path: /^(\/(?:[\w-]+\/)?)(\d{14})(?:[a-z]{2}_)?\/(.+)$/s,
  },
  {
    name: 'Arquivo.pt',
    hosts: ['arquivo.pt'],
    path: /^(\/(?:wayback|noFrame\/replay)\/)(\d{14})(?:[a-z]{2}_)?\/(.+)$/s,
  },
  {
    name: 'Perma.cc',
    hosts: ['perma.cc', 'perma-archives.org'],
    path: /^(\/(?:[\w.-]+\/){0,5})(\d{14})(?:[a-z]{2}_)?\/(https?:.+)$/s,
  },
  {
    name: 'archive.today',
    hosts: [
      'archive.today',
      'archive.ph',
      'archive.is',
      'archive.li',
      'archive.vn',
      'archive.fo',
      'archive.md',
    ],
    path: /^(\/)(\d{14}|\d{4}\.\d{2}\.\d{2}-\d{6})\/(.+)$/s,
  },
];

function archiveAt(host: string): Archive | undefined {
  return archives.find(({ hosts }) => hosts.some((known) => host === known || host.endsWith(`.${known}`)));
}

/** Fourteen digits, in UTC. Null for a time that does not exist. */
function timeOf(raw: string, readFrom: string): StatedTime | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(raw.replace(/\D/g, '')) ?? [];
  const value = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const at = new Date(value);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== value.replace('Z', '.000Z')) return null;
  return { value, precision: 'second', zone: 'utc', readFrom, raw };
}

/** Browsers and archives make one slash of two, and leave 'http' out. */
function originalIn(rest: string): string | null {
  const url = /^https?:/i.test(rest) ? rest.replace(/^(https?:)\/{1,2}/i, '$1//') : `http://${rest}`;
  return URL.canParse(url) ? url : null;
}

interface Place extends Replay {
  host: string;
  /** What stands before the time, in the path. */
  base: string;
}

/** Where and what an address replays; null for every address that is no replay. */
export function replayPlace(url: string | null): Place | null {
  if (url === null || url.length > 16_384 || !URL.canParse(url)) return null;
  const { protocol, hostname, pathname, search, hash } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const archive = archiveAt(hostname);
  const [, base = '', time = '', rest = ''] = archive?.path.exec(pathname + search) ?? [];
  const original = rest === '' ? null : originalIn(rest + hash);
  if (archive === undefined || original === null) return null;
  return {
    archive: `${archive.name} (${hostname})`,
    original,
    time: timeOf(time, 'the address of the replay'),
    host: hostname,
    base,
  };
}

export function replayAddress(url: string | null): Replay | null {
  const place = replayPlace(url);
  if (place === null) return null;
  const { archive, original, time } = place;
  return { archive, original, time };
}

/** The address that is replayed, or the address itself. */
export function liveAddress(url: string): string {
  return replayPlace(url)?.original ?? url;
}

/** The host is one of archive.today's, whose short addresses say nothing of the original. */
export function isArchiveToday(url: string | null): boolean {
  if (url === null || !URL.canParse(url)) return false;
  return archiveAt(new URL(url).hostname)?.name === 'archive.today';
}
