/** The sample with tags by dated clauses, their versions, reviews and what people noted. No person or platform in it exists. */
import { type EventBody, eventSchema, subjectsOf } from '../../../contract/events.ts';
import type { PolicyPart } from '../../../contract/model/policy.ts';
import {
  type AnyPlannedEvent,
  type BundlePlan,
  type PlannedPost,
  type PlannedTag,
  type PlannedVersion,
  plannedEvents,
} from '../../../evidence/build/plan.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { canonicalBytes } from '../../../evidence/log/canonical.ts';
import { leafBytes, parseLeaf } from '../../../evidence/log/leaf.ts';
import { newKey, platformSlug } from '../../../evidence/policy/keys.ts';
import { measure, splitPolicy, splitterVersion } from '../../../evidence/policy/split.ts';
import { wordsOf } from '../../../evidence/policy/words.ts';
import { id, quote, SampleLog, samplePlan, words } from './sample.ts';
import { logHashes, planLog, testLogSigner } from './sample-log.ts';

const head = '# Hateful conduct\n\n## What is not allowed\n\n';
const glory =
  '**Glorifying harm:** You may not praise the driving out of a group of villagers, crows — “Krähen” — included. \u{1F426}\u200d\u2b1b\n\n';
const others = '**Slurs:** You may not call a group vermin, in any script: حشرات, کلاغ‌ها.\n\n';
const exceptions = '## What is not a violation\n\n**News:** We allow posts that report on such words.\n\n';

/** As the platform's page stood on three days; in the last the rule on glorifying was reworded and that on slurs is gone. */
export const policyTexts = {
  september: `${head}${others}${exceptions}`,
  december: `${head}${glory}${others}${exceptions}`,
  january: `${head}${glory.replace('praise', 'praise, condone or celebrate')}${exceptions}`,
  norm: '# Village Peace Act\n\n## § 3 Incitement\n\n**Incitement:** Whoever incites to the driving out of a group of villagers is liable.\n',
};

export const keys = {
  glory: 'elmwick/hateful-conduct/glorifying-harm',
  slurs: 'elmwick/hateful-conduct/slurs',
  news: 'elmwick/hateful-conduct/news',
  incitement: 'elmwick/village-peace-act/incitement',
} as const;

/** Parts of a text, with keys made of platform, page and title. */
export function partsOf(text: string): PolicyPart[] {
  const split = splitPolicy(text);
  const sizes = measure(text, split);
  const taken = new Set<string>();
  return split.map((part, i): PolicyPart => {
    const { bytes = 0, points = 0 } = sizes[i] ?? {};
    const { kind, title, level, path, role } = part;
    const base = { kind, bytes, points, title };
    if (kind === 'heading') return { ...base, level };
    const key = newKey({ platform: 'elmwick', policy: 'Rules', path, title }, taken);
    const id32 = toHex(nodeSha256.of(new TextEncoder().encode(wordsOf(part.text)))).slice(0, 32);
    return { ...base, key, match: 'new', words: id32, ...(role === null ? {} : { role }) };
  });
}

/** Number of the part with this key. */
export function partOf(text: string, key: string): number {
  return partsOf(text).findIndex((part) => part.key === key);
}

const ids = {
  rules: id(300),
  norm: id(301),
  september: id(310),
  december: id(311),
  january: id(312),
  act: id(313),
};
export const versionIds = ids;

type TagBody = Omit<EventBody<'tag.set'>, 'tag' | 'post' | 'clause' | 'quote' | 'because'>;

export interface DatedSample {
  plan: BundlePlan;
  /** By what they show. */
  tags: { disputed: PlannedTag; account: PlannedTag; none: PlannedTag; norm: PlannedTag };
}

/** `newest`: lines of the log, and the size of its newest checkpoint. */
export function datedSample(identity: Identity, newest = 200): DatedSample {
  const base = samplePlan(identity);
  const log = new SampleLog(id(1), 120);
  const source = {
    name: '20201203_elmwick_rules.md',
    address: 'https://rules.example/hateful',
    licence: 'ODC-By 1.0',
    attribution: 'Invented Governance Archive',
    capture: null,
  };
  const rules = log.event('policy.added', 302, {
    policy: ids.rules,
    platform: platformSlug('Elmwick'),
    name: 'Rules & Policies – همه',
    kind: 'rules',
    jurisdiction: null,
  });
  const norm = log.event('policy.added', 303, {
    policy: ids.norm,
    platform: 'elmwick',
    name: 'Village Peace Act',
    kind: 'norm',
    jurisdiction: 'Elmwick',
  });
  let n = 320;
  const version = (of: string, versionId: string, text: string, day: string): PlannedVersion => {
    const bytes = new TextEncoder().encode(text);
    const added = log.event('version.added', n++, {
      version: versionId,
      policy: of,
      sha256: toHex(nodeSha256.of(bytes)),
      size: bytes.length,
      title: splitPolicy(text)[0]?.title ?? '',
      seen: { at: `${day}T00:00:00.000Z`, precision: 'day' },
      inForceFrom: null,
      cause: null,
      source,
      splitter: splitterVersion,
      parts: partsOf(text),
    });
    return { ...added, text: bytes };
  };
  const versions = [
    version(ids.rules, ids.september, policyTexts.september, '2020-09-02'),
    version(ids.rules, ids.december, policyTexts.december, '2020-12-03'),
    version(ids.rules, ids.january, policyTexts.january, '2021-01-20'),
    version(ids.norm, ids.act, policyTexts.norm, '2020-01-01'),
  ];
  const link = log.event('clause.linked', 330, {
    link: id(331),
    from: keys.news,
    to: keys.glory,
    kind: 'limits',
    because: 'The page says so under it.',
  });
  const corrected = log.event('clause.corrected', 332, {
    correction: id(333),
    policy: ids.rules,
    version: ids.september,
    key: keys.news,
    change: { kind: 'role', role: 'exception' },
    because: 'It allows.',
  });
  const statement = log.event('statement.added', 334, {
    statement: id(335),
    key: keys.glory,
    speaker: 'A spokesperson of Elmwick',
    saidOn: '2020-10-14',
    text: 'We will remove posts that praise the driving out.',
    reportedIn: 'The Invented Times',
    address: 'https://times.example/1',
    capture: null,
    effect: 'applies',
    olderPosts: { removal: 'yes', sanction: 'no' },
  });
  const phrase = log.event('phrase.added', 336, { phrase: id(337), text: 'drive them out', key: keys.glory });

  const tag = (m: number, post: string, body: Pick<EventBody<'tag.set'>, 'quote' | 'because'> & TagBody) =>
    log.event('tag.set', m, { tag: id(m + 1), post, clause: null, ...body });
  const dates: NonNullable<TagBody['dates']> = [
    {
      when: 'posted',
      at: '2021-01-14',
      inForce: 'not-known',
      why: 'Was reworded somewhere between 2020-12-03 and 2021-01-20; on which day is not known.',
      version: ids.december,
      restsOn: [ids.december, ids.january],
    },
    {
      when: 'last-seen-up',
      at: '2026-05-02T09:00:02Z',
      inForce: 'not-known',
      why: 'Asked for a time after the last version.',
      version: ids.january,
      restsOn: [ids.january],
    },
    {
      when: 'reported',
      at: null,
      inForce: 'not-known',
      why: 'Nobody has said that it was reported.',
      version: null,
      restsOn: [],
    },
  ];
  const disputed = tag(340, id(12), {
    quote: quote(words.english, 'Drive them out \u{1F525}\u{1F525}'),
    quotes: [quote(words.english, 'all of them')],
    because: 'Praises the driving out.',
    dated: { key: keys.glory, version: ids.december, part: partOf(policyTexts.december, keys.glory) },
    sure: 'likely',
    considered: [
      { key: keys.news, answer: 'does-not-apply', because: 'It reports on nothing.' },
      { key: 'x/violent-speech', answer: 'not-considered', because: null },
    ],
    dates,
    batch: id(390),
    phrase: id(337),
  });
  const account = tag(342, id(32), {
    quote: quote(words.persian, 'کلاغ‌ها دزدند'),
    quotes: [quote(words.persian, '\u{1F426}\u200d\u2b1b')],
    because: 'گروهی را دزد می‌خواند.',
    finding: 'unclear',
    account: { platform: 'mastodon', platformId: null, handle: 'rusta' },
    dated: { key: keys.slurs, version: ids.december, part: partOf(policyTexts.december, keys.slurs) },
    coding: id(391),
    origin: {
      bundle: id(392),
      archive: id(393),
      event: id(394),
      time: '2026-05-01T09:00:00.000Z',
      actor: { name: 'Bea Elsewhere', basis: 'claimed', signer: null },
    },
  });
  const none = tag(344, id(13), {
    quote: null,
    because: 'Only markup.',
    finding: 'no-violation',
    sure: 'certain',
  });
  const normTag = tag(346, id(12), {
    quote: quote(words.english, 'Drive them out'),
    because: 'Incites.',
    dated: { key: keys.incitement, version: ids.act, part: partOf(policyTexts.norm, keys.incitement) },
  });
  const review = (m: number, of: string, act: 'agree' | 'dispute' | 'withdraw', because: string) =>
    log.event('tag.reviewed', m, { review: id(m + 1), tag: of, act, because });
  const agreed = review(360, id(341), 'agree', 'Yes.');
  const objected = review(362, id(341), 'dispute', 'It is a quotation.');
  const withdrawn = review(364, id(347), 'withdraw', 'The act was not in force.');
  const report = log.event('report.filed', 370, {
    report: id(371),
    posts: [id(12), id(32)],
    to: 'Elmwick Trust Desk',
    at: '2026-05-02',
    bundle: id(51),
    note: null,
  });
  const tags = {
    disputed: { ...disputed, reviews: [agreed, objected] },
    account: { ...account, reviews: [] },
    none: { ...none, reviews: [] },
    norm: { ...normTag, reviews: [withdrawn] },
  };
  const more = Object.values(tags);
  const tagged = (post: PlannedPost): PlannedPost => ({
    ...post,
    tags: [...post.tags, ...more.filter(({ event }) => event.body.post === post.id)],
  });
  const plan: BundlePlan = {
    ...base,
    rules: {
      policies: [rules, norm],
      versions,
      corrections: [corrected],
      links: [link],
      statements: [statement],
      phrases: [phrase],
      reports: [report],
      reportsLeftOut: 2,
    },
    captures: base.captures.map((capture) => ({
      ...capture,
      checkpoint: newest,
      readings: capture.readings.map((reading) => ({ ...reading, posts: reading.posts.map(tagged) })),
    })),
  };
  return { plan: logged(plan, newest), tags };
}

/** The plan with one document, or its place in the log, otherwise, as only its own signer could have it; what it claims stays. */
export function bent(plan: BundlePlan, event: string, change: { body?: object; seq?: number }): BundlePlan {
  const bend = (planned: AnyPlannedEvent): AnyPlannedEvent => {
    const parsed = eventSchema.parse({ ...planned.event, body: { ...planned.event.body, ...change.body } });
    const document = canonicalBytes(parsed);
    const seq = change.seq ?? parseLeaf(planned.leaf).seq;
    const { id: eventId, kind, time } = parsed;
    const leaf = leafBytes(
      nodeSha256,
      { seq, time, kind, id: eventId, subjects: subjectsOf(parsed) },
      planned.salt,
      document,
    );
    return { ...planned, document, leaf };
  };
  const within = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map(within) as T;
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    const copy = Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, key === 'event' ? each : within(each)]),
    );
    const isIt = 'event' in copy && copy.event?.id === event && 'document' in copy;
    return (isIt ? bend(copy as AnyPlannedEvent) : copy) as T;
  };
  return logged({ ...plan, captures: within(plan.captures), rules: within(plan.rules) });
}

/** The plan with a log around its events. */
export function logged(plan: BundlePlan, newest = 200): BundlePlan {
  const signer = testLogSigner(`holdfast/${id(3)}`);
  const leaves = plannedEvents(plan).map(({ leaf }) => leaf);
  const log = planLog(signer, logHashes(leaves, newest), { sizes: [107, newest] });
  return { ...plan, log: { started: plan.log.started, ...log } };
}
