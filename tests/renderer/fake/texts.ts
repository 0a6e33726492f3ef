/** Invented posts by invented people, in the scripts that the window must show well. */
import type { PostContent, PostMedia, StatedTime } from '../../../contract/model/post.ts';
import type { PostFacts } from '../../../contract/model/post-facts.ts';
import { hashOf, imageHash } from './ids.ts';

interface Sample {
  platform: string | null;
  name: string | null;
  handle: string | null;
  text: string;
  language: string | null;
  direction: 'ltr' | 'rtl' | null;
}

export const samples: readonly Sample[] = [
  {
    platform: 'x',
    name: 'Orla Finnegan-Test',
    handle: 'orla_invented',
    text: 'They said the square would be empty by noon. 👩‍👩‍👧‍👦 It was not. #InventedSquare\nSecond paragraph, with  two spaces and a naïve café.',
    language: 'en',
    direction: 'ltr',
  },
  {
    platform: 'mastodon',
    name: 'نگار نمونه‌ای',
    handle: 'negar@example.social',
    text: 'می‌گویند میدان خالی بود، اما نبود. 🌿 این متن ساختگی است و فقط برای آزمایش نوشته شده. #میدان_خیالی',
    language: 'fa',
    direction: 'rtl',
  },
  {
    platform: 'facebook',
    name: 'سامر المثال',
    handle: null,
    text: 'هذا منشور مُختلَق للتجربة فقط. قالوا إن Holdfast 0.1 لا يعمل في 2021، والحقيقة غير ذلك.',
    language: 'ar',
    direction: null,
  },
  {
    platform: 'youtube',
    name: 'דנה לדוגמה',
    handle: 'dana.example',
    text: 'זהו פוסט מומצא לבדיקה בלבד (בערך 120 תווים), עם "ציטוט" ועם מילה באנגלית: evidence.',
    language: 'he',
    direction: 'rtl',
  },
  {
    platform: null,
    name: null,
    handle: null,
    text: 'A page of which the reader could name neither the platform nor the author. <b>This is text, not bold.</b>',
    language: null,
    direction: null,
  },
  {
    platform: 'tiktok',
    name: 'A very long display name that somebody chose in order to find out what happens to the layout',
    handle: 'a_handle_that_is_as_long_as_handles_get_to_be_on_any_platform',
    text: 'Зазначте: це вигаданий допис. 👍🏽 Flag: 🇺🇦. Combining: é. 日本語の文も入っています。',
    language: 'uk',
    direction: 'ltr',
  },
];

const times: readonly (StatedTime | null)[] = [
  {
    value: '2021-01-14T09:30:05Z',
    precision: 'second',
    zone: 'utc',
    readFrom: 'JSON-LD datePublished',
    raw: '2021-01-14T09:30:05Z',
  },
  {
    value: '2021-01-14',
    precision: 'day',
    zone: 'unknown',
    readFrom: 'time element',
    raw: '14 January 2021',
  },
  {
    value: '2020-11-02T23:10+03:30',
    precision: 'minute',
    zone: 'offset',
    readFrom: 'OpenGraph article:published_time',
    raw: '2020-11-02T23:10+03:30',
  },
  {
    value: '2019-06-01T08:00',
    precision: 'minute',
    zone: 'unknown',
    readFrom: 'time element',
    raw: '1 June 2019, 08:00',
  },
  null,
  { value: '2012', precision: 'year', zone: 'unknown', readFrom: 'microdata datePublished', raw: '2012' },
];

function mediaOf(index: number): PostMedia[] {
  if (index % 3 !== 0) return [];
  return [
    {
      kind: 'image',
      url: `https://media.invalid/${index}/square.png?name=large`,
      alt: 'A square full of invented people',
      sha256: imageHash,
    },
    { kind: 'image', url: `https://media.invalid/${index}/second.png`, alt: null, sha256: null },
    { kind: 'video', url: `https://media.invalid/${index}/clip.mp4`, alt: null, sha256: hashOf('clip') },
  ];
}

/** The one post of which the platform says more than it says of the others. */
export const postWithFacts = 5;
const facts: Required<Omit<PostFacts, 'withheld'>> = {
  references: [
    {
      relation: 'quotes',
      platformId: '9',
      url: 'https://x.invalid/bo/status/9',
      handle: 'bo',
      accountId: '43',
    },
  ],
  otherTimes: [
    {
      value: '2021-01-14T10:00:00.250Z',
      precision: 'millisecond',
      zone: 'utc',
      readFrom: 'the id of the post (snowflake)',
      raw: '1349000000005',
    },
  ],
  counts: [
    { of: 'likes', count: 1234 },
    { of: 'views', count: 15_188_632 },
  ],
  links: [{ text: 'https://t.co/a', url: 'https://site.invalid/long' }],
  poll: {
    options: [
      { text: 'نعم', votes: 7 },
      { text: 'No', votes: null },
    ],
    endsAt: null,
    closed: true,
    multiple: false,
  },
  versions: [
    { platformId: '1348999999999', at: null, text: null },
    { platformId: '1349000000005', at: null, text: 'the words now' },
  ],
  translation: { text: 'words of a machine', language: 'en' },
  notices: [{ kind: 'withheld', text: 'The post (status) is withheld in: DE, FR' }],
};

/** Post number `index` of the invented archive; the same number always gives the same post. */
export function contentOf(index: number): PostContent {
  const sample = samples[index % samples.length] ?? samples[0];
  const time = times[index % times.length] ?? null;
  if (sample === undefined) throw new Error('no samples');
  return {
    kind: 'post',
    platform: sample.platform,
    platformId: sample.platform === null ? null : String(1_349_000_000_000 + index),
    url:
      sample.platform === null
        ? null
        : `https://${sample.platform}.invalid/${sample.handle ?? 'page'}/status/${1_349_000_000_000 + index}`,
    author: {
      name: sample.name,
      handle: sample.handle,
      platformId: sample.handle === null ? null : String(77_000 + (index % samples.length)),
      url: sample.handle === null ? null : `https://${sample.platform}.invalid/${sample.handle}`,
    },
    postedAt: time,
    editedAt: null,
    title: sample.platform === null ? 'An invented page' : null,
    text: index < samples.length ? sample.text : `${sample.text} No. ${index}`,
    textLossy: index === 4,
    language: sample.language,
    direction: sample.direction,
    media: mediaOf(index),
    readFrom: 'JSON-LD',
    ...(index === postWithFacts ? facts : {}),
  };
}
