/** The invented archive behind the fake: posts by number, tags that are really kept. */
import type { ArchiveStatus, EventLine } from '../../../contract/model/archive.ts';
import type { Capture, CaptureFilter, CaptureLine, CaptureOrigin } from '../../../contract/model/capture.ts';
import type { ExchangeLine } from '../../../contract/model/exchange.ts';
import type { Post, PostLine } from '../../../contract/model/post.ts';
import type { Tag } from '../../../contract/model/tag.ts';
import {
  captureSpace,
  eventSpace,
  hashOf,
  idOf,
  imageHash,
  indexOf,
  postSpace,
  readingSpace,
} from './ids.ts';
import { contentOf } from './texts.ts';

const postsPerCapture = 4;
const startOfTime = Date.UTC(2026, 0, 5, 8, 0, 0);

export interface FakeArchive {
  posts: number;
  events: number;
  path: string;
  encrypted: boolean;
  actorName: string;
  tags: Tag[];
  lastBackup: ArchiveStatus['lastBackup'];
  /** An identity opened the session. */
  proven: boolean;
  /** Events that the newest checkpoint covers; 0: there is none. */
  signed: number;
}

export function statusOf(archive: FakeArchive): ArchiveStatus {
  const captures = Math.ceil(archive.posts / postsPerCapture);
  return {
    id: idOf(7, 1),
    path: archive.path,
    encrypted: archive.encrypted,
    createdAt: '2026-01-05T08:00:00.000Z',
    schemaVersion: 1,
    pageSize: 16_384,
    fileSize: 57_344_000,
    actor: archive.proven
      ? { name: archive.actorName, basis: 'proven', signer: hashOf('certificate') }
      : { name: archive.actorName, basis: 'claimed', signer: null },
    lastBackup: archive.lastBackup,
    counts: {
      captures,
      posts: archive.posts,
      tags: archive.tags.length,
      artifacts: captures * 2,
      events: archive.events + archive.tags.length,
    },
  };
}

export function lineOf(archive: FakeArchive, index: number): PostLine {
  const content = contentOf(index);
  const postId = idOf(postSpace, index);
  return {
    postId,
    captureId: idOf(captureSpace, Math.floor(index / postsPerCapture)),
    platform: content.platform,
    handle: content.author.handle,
    authorName: content.author.name,
    postedAt: content.postedAt?.value ?? null,
    postedPrecision: content.postedAt?.precision ?? null,
    capturedAt: '2026-01-05T08:00:00.000Z',
    title: content.title,
    text: [...content.text].slice(0, 280).join(''),
    language: content.language,
    direction: content.direction,
    mediaCount: content.media.length,
    tagCount: archive.tags.filter((tag) => tag.postId === postId).length,
    isEarlier: false,
  };
}

/** Post numbers, newest first, that contain every word of the query. */
export function search(archive: FakeArchive, query: string, offset: number, limit: number) {
  if (query === '') {
    const last = Math.min(archive.posts, offset + limit);
    const found = Array.from({ length: Math.max(0, last - offset) }, (_, at) => offset + at);
    return { total: archive.posts, totalIsLowerBound: false, found };
  }
  const words = query.toLowerCase().split(/\s+/);
  const hits: number[] = [];
  for (let index = 0; index < archive.posts; index += 1) {
    const { text, author } = contentOf(index);
    const hay = `${text} ${author.name ?? ''} ${author.handle ?? ''}`.toLowerCase();
    if (words.every((word) => hay.includes(word))) hits.push(index);
  }
  const counted = Math.min(hits.length, 10_000);
  return {
    total: counted,
    totalIsLowerBound: hits.length > counted,
    found: hits.slice(offset, offset + limit),
  };
}

export function postOf(archive: FakeArchive, postId: string): Post | null {
  const index = indexOf(postId);
  if (index >= archive.posts) return null;
  const { captureId, tagCount } = lineOf(archive, index);
  return {
    id: postId,
    captureId,
    readingId: idOf(readingSpace, indexOf(captureId)),
    reader: { name: 'general', version: '1', notes: ['A date could not be read.'] },
    content: contentOf(index),
    root: hashOf(`root ${index}`),
    tagCount,
    later: null,
    earlier: [],
  };
}

/** Captures 1, 2 and 3 of every five were recorded here, with each of the verdicts; the others were imported. */
const verdicts = [null, 'complete', 'incomplete', 'failed', null] as const;

function recordingOf(index: number): Pick<Capture, 'method' | 'verdict' | 'reasons' | 'recording'> {
  const verdict = verdicts[index % verdicts.length] ?? null;
  if (verdict === null) return { method: 'import', verdict, reasons: [], recording: null };
  return {
    method: 'capture',
    verdict,
    reasons: verdict === 'complete' ? [] : reasons,
    recording: {
      requestedUrl: 'https://x.invalid/orla_invented/status/1349000000000',
      finalUrl: verdict === 'failed' ? null : 'https://x.invalid/orla_invented/status/1349000000000?shown',
      title: 'Orla Finnegan-Test: “They said the square would be empty by noon”',
      engine: { name: 'electron', version: 'Chromium 114.0.5735.106', userAgent: 'Mozilla/5.0 (invented)' },
      startedAt: '2026-01-05T08:00:00.000Z',
      finishedAt: verdict === 'failed' ? null : '2026-01-05T08:00:07.000Z',
      monotonicMilliseconds: verdict === 'failed' ? null : 7012,
      serverClock: [{ host: 'x.invalid', seconds: -0.4 }],
      withheld: [{ where: 'request-header', name: 'Cookie: sid', commitment: hashOf('cookie') }],
    },
  };
}

export const reasons: Capture['reasons'] = [
  {
    code: 'response-truncated',
    message: 'The answer for https://media.invalid/0/clip.mp4 broke off after 1,204 of 8,812,000 bytes.',
  },
  { code: 'not-settled', message: 'After 30 seconds the page still loaded new things.' },
];

/** Of a capture that came in a bundle of another archive. */
function originOf(index: number): CaptureOrigin {
  return {
    bundle: idOf(9, 10),
    archive: idOf(9, 11),
    capture: idOf(captureSpace, 500 + index),
    event: idOf(9, 12),
    document: hashOf(`document ${index}`),
    sealedAt: '2025-12-20T17:45:10.000Z',
    signer: { name: 'Dana Invented', fingerprint: hashOf('signer') },
    verdict: 'consistent',
  };
}

export function captureOf(archive: FakeArchive, captureId: string): Capture | null {
  const index = indexOf(captureId);
  if (index * postsPerCapture >= archive.posts) return null;
  const recorded = recordingOf(index);
  return {
    id: captureId,
    persona: index % 8 === 1 ? { id: captureId, name: 'Orla of the Test Quay' } : null,
    origin: recorded.method === 'import' && index % 8 > 3 ? originOf(index) : null,
    ...recorded,
    format: recorded.method === 'capture' ? 'recording' : index % 2 === 0 ? 'html' : 'warc',
    sourceName:
      recorded.recording?.title ?? (index % 2 === 0 ? 'a saved page (copy 2).html' : 'crawl.warc.gz'),
    url: 'https://x.invalid/orla_invented/status/1349000000000?with=a&very=long&query=string&that=goes&on=and&on=1',
    savedAt: index % 2 === 0 ? 'Thu Jan 14 2021 10:31:07 GMT+0100' : null,
    receivedAt: '2026-01-05T08:00:00.000Z',
    actor: { name: archive.actorName, basis: 'claimed', signer: null },
    artifacts: [
      ...(recorded.method === 'capture' ? recordedArtifacts(index) : originalOf(index)),
      { role: 'media', sha256: imageHash, size: 88_120, mediaType: 'image/svg+xml', name: 'square.svg' },
      { role: 'media', sha256: hashOf('clip'), size: 8_812_000, mediaType: 'video/mp4', name: 'clip.mp4' },
    ],
    records: index % 2 === 0 ? {} : { warcinfo: 1, request: 152, response: 152 },
    exchangeCount: index % 2 === 0 ? 0 : 152,
    postCount: postsPerCapture,
    warnings: [
      {
        code: 'warc-damaged',
        message: 'The last record breaks off after 1,024 of 2,000 bytes; it was kept as far as it goes.',
      },
    ],
  };
}

function originalOf(index: number): Capture['artifacts'] {
  return [
    {
      role: 'original',
      sha256: hashOf(`original ${index}`),
      size: 1_203_442,
      mediaType: 'text/html',
      name: 'a saved page (copy 2).html',
    },
  ];
}

function recordedArtifacts(index: number): Capture['artifacts'] {
  return [
    { role: 'screenshot', sha256: imageHash, size: 402_113, mediaType: 'image/png', name: null },
    { role: 'text', sha256: hashOf(`text ${index}`), size: 1_204, mediaType: 'text/plain', name: null },
    { role: 'dom', sha256: hashOf(`dom ${index}`), size: 88_204, mediaType: 'text/html', name: null },
    {
      role: 'wacz',
      sha256: hashOf(`wacz ${index}`),
      size: 9_120_400,
      mediaType: 'application/wacz',
      name: null,
    },
  ];
}

function captureLineOf(archive: FakeArchive, index: number): CaptureLine | null {
  const capture = captureOf(archive, idOf(captureSpace, index));
  if (capture === null) return null;
  const { id, method, verdict, format, sourceName, url, receivedAt } = capture;
  return {
    id,
    method,
    verdict,
    format,
    sourceName,
    url,
    receivedAt,
    artifactCount: 3,
    postCount: postsPerCapture,
    warningCount: 1,
  };
}

/** Every capture, or those that a filter lets through. */
export function captureLines(archive: FakeArchive, show: CaptureFilter): CaptureLine[] {
  const lines = Array.from({ length: Math.ceil(archive.posts / postsPerCapture) }, (_, index) =>
    captureLineOf(archive, index),
  );
  return lines.flatMap((line) => {
    if (line === null) return [];
    return show === 'all' || (line.verdict ?? 'imported') === show ? [line] : [];
  });
}

const bodies = ['whole', 'whole', 'truncated', 'none', null] as const;

/** 152 exchanges of one page. */
export function exchangesOf(offset: number, limit: number): { total: number; exchanges: ExchangeLine[] } {
  const total = 152;
  const length = Math.max(0, Math.min(limit, total - offset));
  const exchanges = Array.from({ length }, (_, at): ExchangeLine => {
    const n = offset + at;
    return {
      n,
      url: `https://media.invalid/${n}/a-file-with-a-long-name.js?and=a&query=string&that=goes&on=and&on=1`,
      method: n % 9 === 0 ? 'POST' : 'GET',
      status: n % 11 === 0 ? 304 : 200,
      resourceType: n === 0 ? 'document' : 'script',
      mediaType: n === 3 ? '' : 'text/javascript',
      size: n * 1204,
      body: bodies[n % bodies.length] ?? null,
      from: n % 7 === 6 ? 'service-worker' : 'network',
      startedAt: '2026-01-05T08:00:00.000Z',
    };
  });
  return { total, exchanges };
}

const kinds = [
  'session.opened',
  'archive.created',
  'log.started',
  'clauses.added',
  'capture.sealed',
  'reading.made',
  'tag.set',
  'bundle.compiled',
];

export function eventOf(archive: FakeArchive, seq: number): EventLine {
  return {
    seq,
    id: idOf(eventSpace, seq),
    time: new Date(startOfTime + seq * 1000).toISOString(),
    kind: kinds[Math.min(seq, seq % kinds.length)] ?? 'session.opened',
    actor: { name: archive.actorName, basis: 'claimed', signer: null },
    subjects: [],
    leafHash: hashOf(`leaf ${seq}`),
    purgedBy: null,
  };
}
