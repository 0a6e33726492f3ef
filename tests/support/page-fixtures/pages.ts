/** The pages of the fixtures. People, handles, networks and posts are invented; domains end in .example or .test. */
import { poster } from './picture.ts';
import { style } from './style.ts';

const ZWNJ = '\u200c';

export const harbourPoster = poster([214, 96, 60], [250, 214, 120]);
export const lakePoster = poster([70, 128, 160], [236, 240, 244]);

const dataUrl = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;

export const englishText =
  'They think the harbour vote is over. It is NOT over [sic] …  We know who counted, and we will come for every last one of them.\n\nShare this before they take it down. #HarbourFirst #NoMorePatience';

/** A post as SingleFile saves it: everything in one file, its comment first. */
export function singleFilePage(): string {
  const posting = {
    '@context': 'https://schema.org',
    '@type': 'SocialMediaPosting',
    '@id': 'https://chirp.example/@dorian_vale_tv/1750112233445566',
    url: 'https://chirp.example/@dorian_vale_tv/1750112233445566',
    identifier: '1750112233445566',
    articleBody: englishText,
    datePublished: '2025-01-14T21:07:45.120+02:00',
    inLanguage: 'en',
    author: {
      '@type': 'Person',
      name: 'Dorian Vale',
      alternateName: '@dorian_vale_tv',
      identifier: '88120045',
      url: 'https://chirp.example/@dorian_vale_tv',
    },
    image: {
      '@type': 'ImageObject',
      contentUrl: 'https://media.chirp.example/p/harbour-poster.png',
      caption: 'Drawing of a harbour wall at sunset',
    },
  };
  const paragraphs = englishText
    .split('\n\n')
    .map((paragraph) => `<p class=text style="white-space:pre-wrap">${paragraph}</p>`)
    .join('\n');
  return `<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile 
 url: https://chirp.example/@dorian_vale_tv/1750112233445566 
 saved date: Wed Jan 15 2025 09:30:12 GMT+0200 (Eastern European Standard Time)
--><meta charset=utf-8>
<title>Dorian Vale on Chirp: "They think the harbour vote is over…"</title>
<meta name=viewport content="width=device-width, initial-scale=1">
<meta property=og:type content=article>
<meta property=og:site_name content=Chirp>
<meta property=og:url content=https://chirp.example/@dorian_vale_tv/1750112233445566>
<meta property=og:title content="Dorian Vale (@dorian_vale_tv)">
<meta property=og:description content="They think the harbour vote is over. It is NOT over [sic] …">
<link rel=canonical href=https://chirp.example/@dorian_vale_tv/1750112233445566>
<script type=application/ld+json>${JSON.stringify(posting).replaceAll('<', '\\u003c')}</script>
<style>${style}</style>
<body><div class=bar>Chirp</div><main>
<article>
<header><a rel=author href=https://chirp.example/@dorian_vale_tv>Dorian Vale <span class=handle>@dorian_vale_tv</span></a></header>
${paragraphs}
<img src="${dataUrl(harbourPoster)}" alt="Drawing of a harbour wall at sunset">
<footer><a href=https://chirp.example/@dorian_vale_tv/1750112233445566 rel=bookmark><time datetime=2025-01-14T21:07:45+02:00>9:07 pm · 14 January 2025</time></a></footer>
</article>
</main>
`;
}

export const persianText = `آن${ZWNJ}ها فکر می${ZWNJ}کنند همه${ZWNJ}چیز تمام شده است. ۱۲ نفر از شمارندگانِ رأیِ بندر را می${ZWNJ}شناسیم!\nبه آن${ZWNJ}ها رحم نخواهیم کرد. #بندر_اول #صبر_تمام_شد`;

/** Persian, right to left, with zero-width non-joiners and Persian digits; OpenGraph and an article with a time. */
export function persianPage(): string {
  return `<!doctype html>
<html lang="fa" dir="rtl">
<head>
<meta charset="utf-8">
<title>ناصر کوهیار در پیام: «آن${ZWNJ}ها فکر می${ZWNJ}کنند…»</title>
<meta property="og:type" content="article">
<meta property="og:url" content="https://payam.example/@naser_kouhyar/90417">
<meta property="og:title" content="ناصر کوهیار">
<meta property="og:description" content="آن${ZWNJ}ها فکر می${ZWNJ}کنند همه${ZWNJ}چیز تمام شده است.">
<meta property="og:locale" content="fa_IR">
<meta property="article:published_time" content="2025-01-31T16:20:00+03:30">
<meta name="author" content="ناصر کوهیار">
<style>${style}</style>
</head>
<body>
<div class="bar">پیام</div>
<main>
<article lang="fa" dir="rtl">
  <header>
    <a rel="author" href="https://payam.example/@naser_kouhyar">ناصر کوهیار <span class="handle" dir="ltr">@naser_kouhyar</span></a>
  </header>
  <p class="text">
    ${persianText.replace('\n', '<br>')}
  </p>
  <footer>
    <a href="/@naser_kouhyar/90417"><time datetime="2025-01-31T16:20:00+03:30">۱۲ بهمن ۱۴۰۳، ۱۶:۲۰</time></a>
  </footer>
</article>
</main>
</body>
</html>
`;
}

export const threadTexts = {
  post: 'New rule for the market hall: people from the upper valley are not welcome at our stalls any more. 🏴‍☠️ Tell them at the gate.',
  arabic: 'هذا ظلم. لا يحق لأحد أن يمنع أهل الوادي من دخول السوق 👩🏽‍🚒',
  hebrew: 'מי שכותב כך לא מדבר בשמי. השוק פתוח לכולם 👨‍👩‍👧‍👦',
  english: 'Whoever lets them in will answer for it 🇺🇳🔥\nI mean that.',
};

interface Comment {
  id: number;
  name: string;
  handle: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  text: string;
  time: string;
}

const comments: readonly Comment[] = [
  {
    id: 3302,
    name: 'سلمى الوادي',
    handle: 'salma_alwadi',
    lang: 'ar',
    dir: 'rtl',
    text: threadTexts.arabic,
    time: '2025-02-02T08:14:05Z',
  },
  {
    id: 3303,
    name: 'נועם ברגיל',
    handle: 'noam_bargil',
    lang: 'he',
    dir: 'rtl',
    text: threadTexts.hebrew,
    time: '2025-02-02T08:20:41Z',
  },
  {
    id: 3304,
    name: 'Gate Keeper 77',
    handle: 'gatekeeper77',
    lang: 'en',
    dir: 'ltr',
    text: threadTexts.english,
    time: '2025-02-02T09:01Z',
  },
];

const words = (text: string) => text.replaceAll('\n', '<br>');

function commentItem({ id, name, handle, lang, dir, text, time }: Comment): string {
  return `<div class="comment" itemprop="comment" itemscope itemtype="https://schema.org/Comment" itemid="https://agora.example/t/3301#c${id}">
  <header itemprop="author" itemscope itemtype="https://schema.org/Person">
    <a itemprop="url" href="/u/${handle}"><span itemprop="name" dir="${dir}">${name}</span></a>
    <span class="handle" itemprop="alternateName">@${handle}</span>
  </header>
  <div class="text" itemprop="text" lang="${lang}" dir="${dir}">${words(text)}</div>
  <a itemprop="url" href="/t/3301#c${id}"><time itemprop="datePublished" datetime="${time}">${time.slice(11, 16)}</time></a>
</div>`;
}

/** A thread in microdata: a post and three replies in Arabic, Hebrew and English. */
export function threadPage(): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<base href="https://agora.example/">
<title>Market hall – Agora</title>
<style>${style}</style>
</head>
<body>
<div class="bar">Agora</div>
<main itemscope itemtype="https://schema.org/DiscussionForumPosting" itemid="https://agora.example/t/3301">
<article>
  <header itemprop="author" itemscope itemtype="https://schema.org/Person">
    <a itemprop="url" href="/u/upper_square"><span itemprop="name">Upper Square News</span></a>
    <span class="handle" itemprop="alternateName">@upper_square</span>
  </header>
  <div class="text" itemprop="text" lang="en">${words(threadTexts.post)}</div>
  <link itemprop="image" href="/files/market-hall.jpg">
  <a itemprop="url" href="/t/3301"><time itemprop="datePublished" datetime="2025-02-02">2 February 2025</time></a>
</article>
${comments.map(commentItem).join('\n')}
</main>
</body>
</html>
`;
}

export const clipText =
  'Résumé of last night, for those who were too afraid to come: naïve fools, all of you. The “committee” has 3 days to leave – after that nobody can promise anything.';

/** The page inside the MHTML file. */
export function clipPage(): string {
  return `<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>Committee, day one | Pier</title>
<meta property="og:type" content="article">
<meta property="og:url" content="https://pier.example/posts/7c41">
<meta property="article:published_time" content="2025-03-08">
<style>${style}</style></head>
<body><div class="bar">Pier</div><main><article>
<header><a rel="author" href="https://pier.example/@lake_watch">Lake Watch <span class="handle">@lake_watch</span></a></header>
<div class="text">${clipText}</div>
<img src="https://pier.example/media/lake.png" alt="Drawing of a lake under a pale sun">
<footer>8 March 2025</footer>
</article></main></body></html>
`;
}

export const recordedText = 'Second warning to the ferry people. There will be no third. 🚢⚓️';

/** The page inside the WARC file. */
export function recordedPage(): string {
  const posting = {
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'WebSite', '@id': 'https://ferry.test/#site', name: 'Ferry Board' },
      {
        '@type': 'Person',
        '@id': 'https://ferry.test/@quay_master#me',
        name: 'Quay Master',
        alternateName: 'quay_master',
        url: 'https://ferry.test/@quay_master',
      },
      {
        '@type': 'SocialMediaPosting',
        url: 'https://ferry.test/@quay_master/511',
        identifier: '511',
        articleBody: recordedText,
        datePublished: '2025-04-02T05:59:59Z',
        inLanguage: 'en',
        author: { '@id': 'https://ferry.test/@quay_master#me' },
        image: 'https://ferry.test/media/harbour.png',
      },
    ],
  };
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Quay Master on Ferry Board</title>
<script type="application/ld+json">${JSON.stringify(posting)}</script>
<style>${style}</style></head>
<body><div class="bar">Ferry Board</div><main><article>
<header><a rel="author" href="/@quay_master">Quay Master <span class="handle">@quay_master</span></a></header>
<p class="text">${recordedText}</p>
<img src="/media/harbour.png" alt="">
<footer><a rel="bookmark" href="/@quay_master/511"><time datetime="2025-04-02T05:59:59Z">2 April 2025, 05:59 UTC</time></a></footer>
</article></main></body></html>
`;
}

export const arabicText = 'من يتعاون مع مجلس الميناء سيدفع الثمن، ولن نكرر هذا الكلام مرة أخرى.';

/** Saved by a browser from a server that still writes windows-1256; the time states no zone. */
export function arabicPage(): string {
  return `<!DOCTYPE html>
<!-- saved from url=(0036)https://minbar.example/read.php?t=58 -->
<html lang="ar" dir="rtl">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">
<title>منبر الميناء</title>
<style>${style}</style>
</head>
<body>
<div class="bar">منبر الميناء</div>
<main>
<article>
  <header><a rel="author" href="https://minbar.example/member.php?u=12">حارس الرصيف</a></header>
  <p class="text">${arabicText}</p>
  <footer><time datetime="2014-07-19 18:40">19/07/2014 18:40</time></footer>
</article>
</main>
</body>
</html>
`;
}
