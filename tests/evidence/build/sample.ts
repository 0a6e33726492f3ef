/** A small invented archive's worth of captures, posts and tags, planned as a bundle. No person in it exists. */
import { deflateSync } from 'node:zlib';
import { type EventDocument, type EventKind, eventSchema, subjectsOf } from '../../../contract/events.ts';
import type { Artifact } from '../../../contract/model/capture.ts';
import type { PostContent } from '../../../contract/model/post.ts';
import {
  type BundlePlan,
  noRules,
  type PlannedCapture,
  type PlannedEvent,
  type PlannedPost,
  type PlannedStamp,
  plannedEvents,
} from '../../../evidence/build/plan.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { readCertificate } from '../../../evidence/identity/certificate.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { isForMail } from '../../../evidence/identity/purpose.ts';
import { canonicalBytes } from '../../../evidence/log/canonical.ts';
import { logOrigin } from '../../../evidence/log/checkpoint.ts';
import { leafBytes } from '../../../evidence/log/leaf.ts';
import { verifierKey } from '../../../evidence/log/note.ts';
import { postRoot, readingRoot } from '../../../evidence/post/commitment.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { logHashes, planLog, testLogSigner } from './sample-log.ts';

export function id(n: number): string {
  return `01970000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** 32 bytes that look random, and are the same in every run. */
export function salt(word: string): Uint8Array {
  return nodeSha256.of(new TextEncoder().encode(`salt of ${word}`));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A picture of one colour, as PNG. */
export function png(
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number],
): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([utf8(type), data]);
    const tail = Buffer.alloc(8);
    tail.writeUInt32BE(data.length);
    tail.writeUInt32BE(nodeCrc32(body, 0), 4);
    return Buffer.concat([tail.subarray(0, 4), body, tail.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = [0, ...Array.from({ length: width }, () => [red, green, blue]).flat()];
  const pixels = Buffer.from(Array.from({ length: height }, () => row).flat());
  const magic = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [
    magic,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', new Uint8Array()),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

/** Numbers events as a log would, one after the other. */
export class SampleLog {
  #seq: number;
  readonly session: string;

  constructor(session: string, seq = 100) {
    this.session = session;
    this.#seq = seq;
  }

  event<K extends EventKind>(
    kind: K,
    n: number,
    body: Extract<EventDocument, { kind: K }>['body'],
  ): PlannedEvent<K> {
    const time = new Date(Date.UTC(2026, 4, 2, 9, 0, this.#seq - 100, 250)).toISOString();
    const event = eventSchema.parse({ v: 1, id: id(n), kind, time, session: this.session, body });
    if (!isKind(event, kind)) throw new Error('another kind than asked for');
    const document = canonicalBytes(event);
    const own = salt(event.id);
    const seq = this.#seq++;
    const leaf = leafBytes(
      nodeSha256,
      { seq, time, kind, id: event.id, subjects: subjectsOf(event) },
      own,
      document,
    );
    return { event, document, leaf, salt: own };
  }
}

function isKind<K extends EventKind>(
  event: EventDocument,
  kind: K,
): event is Extract<EventDocument, { kind: K }> {
  return event.kind === kind;
}

export function content(changes: Partial<PostContent>): PostContent {
  return {
    kind: 'post',
    platform: 'x',
    platformId: null,
    url: null,
    author: { name: null, handle: null, platformId: null, url: null },
    postedAt: null,
    editedAt: null,
    title: null,
    text: '',
    textLossy: false,
    language: null,
    direction: null,
    media: [],
    readFrom: 'article element',
    ...changes,
  };
}

const page = utf8(
  '<!doctype html><title>Invented</title><p>The crows of Elmwick must be driven out \u{1F525}</p>',
);
const picture = png(320, 180, [36, 80, 125]);
const persianPage = utf8('<!doctype html><html lang="fa" dir="rtl"><p>کلاغ‌ها را از روستا بیرون کنید');

export const words = {
  english: 'The crows of Elmwick are vermin. Drive them out \u{1F525}\u{1F525} \u2014 tonight, all of them!',
  persian: 'کلاغ‌ها دزدند.\nهمه‌ی کلاغ‌ها را از روستا بیرون کنید \u{1F426}\u200d\u2b1b! #کلاغ Elmwick 2026',
  hostile:
    '</blockquote><script>alert(1)</script> <img src=x onerror=alert(1)> \u202Eback to front\u0007 & "quoted"',
};

/** Offsets in code points of `part` in `text`. */
export function quote(text: string, part: string): { text: string; start: number; end: number } {
  const start = [...text.slice(0, text.indexOf(part))].length;
  return { text: part, start, end: start + [...part].length };
}

function artifact(
  role: Artifact['role'],
  bytes: Uint8Array,
  mediaType: string,
  name: string | null,
): Artifact {
  return { role, sha256: toHex(nodeSha256.of(bytes)), size: bytes.length, mediaType, name };
}

/** Sizes of the checkpoints: before the second capture, and the whole log. */
export const sampleSizes = { first: 107, newest: 120 } as const;

/** The plan, and a way to have it otherwise: `change` gets each post's content; `stamps` are over checkpoints. */
export function samplePlan(
  identity: Identity,
  change: (content: PostContent) => PostContent = (same) => same,
  stamps: ReadonlyMap<number, PlannedStamp> = new Map(),
  logKey = 'the log',
  origin = logOrigin(id(3)),
): BundlePlan {
  const log = new SampleLog(id(1));
  const bytes = new Map([page, picture, persianPage].map((each) => [toHex(nodeSha256.of(each)), each]));
  const opened = log.event('session.opened', 2, {
    archive: id(3),
    actor: 'Ada Invented',
    proof: null,
    tool: { name: 'Holdfast', version: '0.1.0' },
    system: 'Linux 6.1',
  });
  const added = log.event('clauses.added', 4, {
    pack: { name: 'starter', version: '1', checkedOn: null },
    clauses: [
      {
        id: id(5),
        key: 'x/hateful-conduct',
        platform: 'x',
        policy: 'Hateful conduct',
        title: 'Dehumanisation',
        role: 'prohibition',
        url: 'https://help.example/rules',
        summary: 'No posts that compare a group of people to vermin or call for driving them out.',
      },
      {
        id: id(6),
        key: 'x/violent-speech',
        platform: 'x',
        policy: 'Violent speech',
        title: 'Incitement',
        role: 'prohibition',
        url: 'https://help.example/violence',
        summary: 'No calls for violence against others.',
      },
    ],
  });
  const first = englishCapture(log, change);
  const second = persianCapture(log, change);
  const compiled = log.event('bundle.compiled', 50, {
    bundle: id(51),
    captures: [id(11)],
    sha256: toHex(salt('an earlier zip file')),
    size: 123_456,
    tagManifest: toHex(salt('an earlier tag manifest')),
    signer: identity.signer.fingerprint,
  });
  const logSigner = testLogSigner(origin, logKey);
  const started = log.event('log.started', 52, {
    origin: logSigner.name,
    vkey: verifierKey(logSigner.name, logSigner.publicKey),
    cause: 'upgraded',
  });
  const events = {
    rules: noRules,
    sessions: [opened],
    clauses: [added],
    bundles: [compiled],
    captures: [first, second],
  };
  const leaves = plannedLeaves(events, started);
  const sizes = [sampleSizes.first, sampleSizes.newest];
  return {
    id: id(7),
    createdAt: '2026-05-03T12:34:56.789Z',
    tool: { name: 'Holdfast', version: '0.1.0' },
    archiveId: id(3),
    signer: identity.signer,
    hasChain: identity.chain.length > 0,
    anyPurpose: !isForMail(readCertificate(identity.certificate)),
    timeZone: 'UTC',
    locale: 'en',
    ...events,
    case: null,
    checks: [],
    printed: 'later',
    captures: [first, second].map((capture, i) => {
      const earliest = i === 0 && stamps.has(sampleSizes.first) ? sampleSizes.first : sampleSizes.newest;
      return { ...capture, checkpoint: earliest };
    }),
    log: {
      started: [started],
      ...planLog(logSigner, logHashes(leaves, sampleSizes.newest), { sizes, stamps }),
    },
    extras: [],
    page: utf8('<!doctype html><title>In the place of verify.html</title>\n'),
    openArtifact: (sha256) => [bytes.get(sha256) ?? new Uint8Array()],
  };
}

/** The plan with its log made anew around its events, where they were changed. */
export function logAnew(plan: BundlePlan): BundlePlan {
  const leaves = plannedEvents(plan).map(({ leaf }) => leaf);
  const sizes = plan.log.checkpoints.map(({ size }) => size);
  const log = planLog(testLogSigner(logOrigin(id(3))), logHashes(leaves, sampleSizes.newest), { sizes });
  return { ...plan, log: { ...plan.log, ...log } };
}

function plannedLeaves(
  plan: Pick<BundlePlan, 'sessions' | 'clauses' | 'bundles'> & { captures: readonly Unproven[] },
  started: PlannedEvent<'log.started'>,
): Uint8Array[] {
  const ofCaptures = plan.captures.flatMap(({ sealed, readings }) => [
    sealed,
    ...readings.flatMap(({ made, posts }) => [made, ...posts.flatMap(({ tags }) => tags)]),
  ]);
  return [started, ...plan.sessions, ...plan.clauses, ...plan.bundles, ...ofCaptures].map(({ leaf }) => leaf);
}

/** A capture before it is known which checkpoint will show it. */
type Unproven = Omit<PlannedCapture, 'checkpoint'>;

type Change = (content: PostContent) => PostContent;

function englishCapture(log: SampleLog, change: Change): Unproven {
  const media = artifact('media', picture, 'image/png', 'poster "final".png');
  const sealed = log.event('capture.sealed', 10, {
    capture: id(11),
    method: 'import',
    format: 'html',
    sourceName: 'elmwick <saved>.html',
    url: 'https://x.example/elmwick/status/1',
    savedAt: '2026-05-01T20:00:00+02:00',
    receivedAt: '2026-05-02T09:00:02.250Z',
    artifacts: [artifact('original', page, 'text/html; charset=utf-8', 'elmwick.html'), media],
    records: {},
    exchangeCount: 1,
    warnings: [{ code: 'media-missing', message: 'One picture of this page is not in the file.' }],
    tool: { name: 'Holdfast', version: '0.1.0' },
  });
  const author = {
    name: 'Invented Village Watch',
    handle: 'elmwick_watch',
    platformId: '1234567',
    url: null,
  };
  const posted = {
    value: '2026-04-30T18:05:00Z',
    precision: 'second',
    zone: 'utc',
    readFrom: 'JSON-LD datePublished',
    raw: '2026-04-30T18:05:00Z',
  } as const;
  const posts = [
    {
      id: id(12),
      salt: salt('first post'),
      content: change(
        content({
          author,
          platformId: '1',
          url: 'https://x.example/elmwick/status/1',
          postedAt: posted,
          text: words.english,
          language: 'en',
          direction: 'ltr',
          media: [
            { kind: 'image', url: 'https://img.example/poster.png', alt: 'A poster', sha256: media.sha256 },
            { kind: 'video', url: 'https://img.example/clip.mp4', alt: null, sha256: null },
          ],
          readFrom: 'JSON-LD',
        }),
      ),
    },
    {
      id: id(13),
      salt: salt('second post'),
      content: change(
        content({
          author,
          kind: 'reply',
          title: 'A "title" & <b>more</b>',
          text: words.hostile,
          textLossy: true,
        }),
      ),
    },
  ];
  return reading(log, sealed, 20, posts, [
    {
      post: id(12),
      clause: id(5),
      quote: quote(words.english, 'vermin'),
      because: 'Calls a group of villagers vermin.',
    },
    {
      post: id(12),
      clause: id(6),
      quote: quote(words.english, 'Drive them out \u{1F525}\u{1F525}'),
      because: 'Calls for driving them out.',
    },
  ]);
}

function persianCapture(log: SampleLog, change: Change): Unproven {
  const sealed = log.event('capture.sealed', 30, {
    capture: id(31),
    method: 'import',
    format: 'mhtml',
    sourceName: 'روستا.mhtml',
    url: null,
    savedAt: null,
    receivedAt: '2026-05-02T09:00:05.250Z',
    artifacts: [artifact('original', persianPage, 'multipart/related', null)],
    records: {},
    exchangeCount: 1,
    warnings: [],
    tool: { name: 'Holdfast', version: '0.1.0' },
  });
  const text = words.persian;
  const author = { name: 'دیده‌بان روستا', handle: 'rusta', platformId: null, url: null };
  const posted = {
    value: '2026-04-30T18:05',
    precision: 'minute',
    zone: 'unknown',
    readFrom: 'time element',
    raw: '2026-04-30 18:05',
  } as const;
  const post = {
    id: id(32),
    salt: salt('third post'),
    content: change(
      content({ author, postedAt: posted, platform: 'mastodon', text, language: 'fa', direction: 'rtl' }),
    ),
  };
  return reading(
    log,
    sealed,
    40,
    [post],
    [{ post: id(32), clause: id(5), quote: quote(text, 'کلاغ‌ها دزدند'), because: 'گروهی را دزد می‌خواند.' }],
  );
}

interface TagDraft {
  post: string;
  clause: string;
  quote: { text: string; start: number; end: number } | null;
  because: string;
}

function reading(
  log: SampleLog,
  sealed: PlannedEvent<'capture.sealed'>,
  n: number,
  posts: readonly Omit<PlannedPost, 'tags'>[],
  drafts: readonly TagDraft[],
): Unproven {
  const roots = posts.map((post) => ({ id: post.id, root: postRoot(nodeSha256, post.content, post.salt) }));
  const made = log.event('reading.made', n, {
    reading: id(n + 1),
    capture: sealed.event.body.capture,
    reader: { name: 'general', version: '1' },
    posts: posts.length,
    root: toHex(readingRoot(nodeSha256, roots)),
    notes: [],
  });
  const tags = drafts.map((draft, i) =>
    log.event('tag.set', n + 2 + 2 * i, { ...draft, tag: id(n + 3 + 2 * i) }),
  );
  const tagged = posts.map((post) => ({
    ...post,
    tags: tags.filter(({ event }) => event.body.post === post.id).map((tag) => ({ ...tag, reviews: [] })),
  }));
  return { sealed, committed: null, readings: [{ made, posts: tagged }] };
}
