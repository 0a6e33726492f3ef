/** What is told by its form: tokens and keys, e-mail addresses, the address that a server saw a request come from. */
import type { Sought } from './needles.ts';

export interface Shape {
  code: 'token' | 'e-mail' | 'public-address';
  value: string;
}

/** Each with marks one of which must be there: those are looked for along with the exact words. */
const tokens: readonly (readonly [readonly string[], RegExp])[] = [
  // JSON Web Token
  [['.eyJ'], /eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,2000}/g],
  [['bearer'], /\bbearer(?:\s|%20|\+){1,3}([\w.~+/%-]{20,2000})/gi],
  // Amazon, GitHub, GitLab, Slack, Google, Stripe, OpenAI and the like, Facebook
  [['AKIA', 'ASIA'], /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  [['gho_', 'ghp_', 'ghs_', 'ghu_', 'ghr_'], /\bgh[opsur]_\w{36,255}/g],
  [['github_pat_', 'glpat-'], /\b(?:github_pat_\w{22,255}|glpat-[\w-]{20,64})/g],
  [['xox'], /\bxox[abeoprs]-[\w-]{10,250}/g],
  [['AIza'], /\bAIza[\w-]{35}/g],
  [['ya29.'], /\bya29\.[\w-]{20,500}/g],
  [['_live_'], /\b(?:sk|rk|pk)_live_\w{16,200}/g],
  [['sk-'], /\bsk-(?=[\w-]{0,60}\d)[\w-]{32,200}/g],
  [['EAA'], /\bEAA[A-Za-z0-9]{60,400}\b/g],
  [['PRIVATE KEY-----'], /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\w+/=\s]{0,80}/g],
];

const nameEnds = /[\w.%+-]/;
const hostBegins = /[A-Za-z0-9-]/;
const mailBefore = /(?<![\w.%+@/-])[\w.%+-]{1,64}$/;
const mailAfter = /^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6}\.[A-Za-z]{2,24}(?![\w@-])/;

/** What looks like an address and is a name of a file, a version, or a part of a saved page. */
const noMail =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|m?js|jsx|tsx?|json|map|html?|mp4|woff2?)$|@mhtml\.blink$|^\.|\.\.|\.@/i;

/** Handles of Mastodon have the form of an e-mail address. */
const handleBefore = /(?:"(?:acct|webfinger|subject)"\s*:\s*"(?:acct:)?|acct:|acct%3A)$/i;

/** Names by which servers tell a visitor's address hold one of these. */
const seenFromMarks = [
  'forwarded-for',
  'real-ip',
  'client-ip',
  'connecting-ip',
  'external-address',
  'client_ip',
  'clientip',
  'remote_addr',
  'remoteaddr',
  'user_ip',
  'userip',
  'visitor_ip',
  'visitorip',
  'your_ip',
  'yourip',
];
const seenFrom =
  /(?:x-forwarded-for|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|fastly-client-ip|x-envoy-external-address|client_?ip|remote_?addr(?:ess)?|user_?ip|visitor_?ip|your_?ip)["']?\s{0,3}[:=]\s{0,3}["']?\[?((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7})/g;

const notPublic =
  /^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|22[4-9]\.|2[3-5]\d\.|::|f[cd]|fe8)/i;

export const markCode = 'mark';

/** What a text has in which a form stands, e-mail addresses apart; to be looked for with the exact words. */
export const marks: readonly Sought[] = [...tokens.flatMap(([words]) => words), ...seenFromMarks].map(
  (value) => ({ code: markCode, value, asWritten: true }),
);

/** Everything in a text that has one of the forms; `marked`: the marks that stand in it. */
export function* shapesIn(bytes: Buffer, marked: ReadonlySet<string>): Generator<Shape> {
  const hasMail = bytes.includes(0x40);
  if (marked.size === 0 && !hasMail) return;
  // A character a byte.
  const text = bytes.toString('latin1');
  for (const [words, form] of tokens) {
    if (!words.some((word) => marked.has(word))) continue;
    for (const [all, inner] of text.matchAll(form)) {
      const value = inner ?? all;
      // A marker stands where a secret stood.
      if (!value.startsWith('withheld')) yield { code: 'token', value };
    }
  }
  if (hasMail) yield* mailAddresses(text);
  if (!seenFromMarks.some((word) => marked.has(word))) return;
  for (const [, value = ''] of text.toLowerCase().matchAll(seenFrom)) {
    if (!notPublic.test(value)) yield { code: 'public-address', value };
  }
}

function* mailAddresses(text: string): Generator<Shape> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (!nameEnds.test(text[at - 1] ?? '') || !hostBegins.test(text[at + 1] ?? '')) continue;
    const before = text.slice(Math.max(0, at - 110), at);
    const [name] = mailBefore.exec(before) ?? [];
    const [host] = mailAfter.exec(text.slice(at + 1, at + 330)) ?? [];
    if (name === undefined || host === undefined) continue;
    const value = `${name}@${host}`;
    if (noMail.test(value) || handleBefore.test(before.slice(0, before.length - name.length))) continue;
    yield { code: 'e-mail', value: value.toLowerCase() };
  }
}
