/** `data/report.html`: one file, no script, nothing from the network; what a person reads. */

import { withColons } from '../../../contract/fingerprint.ts';
import type { CaptureEntry, Evidence, TagEntry } from '../../bundle/evidence.ts';
import { leavingInWords } from '../../bundle/leaving.ts';
import { canSay } from '../../bundle/words.ts';
import { type CaptureContext, captureSection } from './capture.ts';
import { facts, foreign, Html, html } from './html.ts';
import { partialCaptureSection } from './partial-capture.ts';
import { RuleBook } from './rule-book.ts';
import { ruleSections } from './rule-section.ts';
import { style } from './style.ts';
import { stateOf } from './tag.ts';
import { utc, who } from './words.ts';

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** The report as a whole document. It is a pure function of evidence.json. */
export function renderReport(evidence: Evidence): string {
  const book = new RuleBook(evidence);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Evidence report ${evidence.bundle}</title>
<style>${new Html(style)}</style>
</head>
<body>
${opening(evidence)}
${captures(evidence, book)}
${ruleSections(evidence, book)}
${custody(evidence)}
${limits(evidence)}
<footer>Written by ${evidence.tool.name} ${evidence.tool.version} for the bundle <code>${evidence.bundle}</code>. All times in UTC. The same facts for programs: <code>data/evidence.json</code>.</footer>
</body>
</html>
`.markup;
}

function opening(evidence: Evidence): Html {
  const { signer } = evidence;
  const all = [...evidence.captures, ...(evidence.partialCaptures ?? [])];
  const posts = all.flatMap((capture) => capture.readings.flatMap((reading) => reading.posts));
  const tags = posts.flatMap((post) => post.tags);
  return html`<header>
<h1>Evidence report</h1>
<p class="soft">${count(all.length, 'capture')}, ${count(posts.length, 'post')}, ${tagCount(tags)}; compiled ${utc(evidence.createdAt)}</p>
<p class="notice">This page says what the signer says. That its files are unchanged since the signature, and who signed, must be checked outside of it: <code>VERIFY.txt</code> beside the folder <code>data</code> tells how.</p>
${facts([
  ['Signer', foreign(signer.name)],
  ['Organisation', signer.organisation === null ? null : foreign(signer.organisation)],
  ['E-mail', signer.email === null ? null : foreign(signer.email)],
  [
    'Certificate',
    signer.selfSigned
      ? 'made by the signer; nobody else vouches for the name'
      : 'issued by another authority',
  ],
  ['Its fingerprint (SHA-256)', html`<code>${withColons(signer.fingerprint)}</code>`],
  ['Valid', `${signer.notBefore.slice(0, 10)} to ${signer.notAfter.slice(0, 10)}`],
  ['Bundle', html`<code>${evidence.bundle}</code>`],
  ['From archive', html`<code>${evidence.archive}</code>`],
])}
</header>`;
}

function tagCount(tags: readonly TagEntry[]): string {
  const states = tags.map(stateOf);
  const parts = (['disputed', 'withdrawn'] as const).flatMap((state) => {
    const n = states.filter((each) => each === state).length;
    return n === 0 ? [] : [`${n} ${state}`];
  });
  return parts.length === 0
    ? count(tags.length, 'tag')
    : `${count(tags.length, 'tag')} (${parts.join(', ')})`;
}

function captures(evidence: Evidence, book: RuleBook): Html[] {
  let firstExhibit = 1;
  const numbered = <C extends Pick<CaptureEntry, 'readings'>>(
    entries: readonly C[],
    first: number,
    section: (capture: C, context: CaptureContext) => Html,
  ): Html[] =>
    entries.map((capture, i) => {
      const written = section(capture, { number: first + i, firstExhibit, book });
      firstExhibit += capture.readings.reduce((sum, reading) => sum + reading.posts.length, 0);
      return written;
    });
  return [
    ...numbered(evidence.captures, 1, captureSection),
    ...numbered(evidence.partialCaptures ?? [], evidence.captures.length + 1, partialCaptureSection),
  ];
}

/** Under which head of which log the captures stand, and which bundles took them before. */
function custody({ bundles, checkpoints, logs }: Evidence): Html {
  const newest = checkpoints[checkpoints.length - 1];
  return html`<section id="custody"><h2>Custody</h2>
${facts([
  ['Custody log', html`<code>${newest?.origin ?? ''}</code>`],
  ['Lines under its newest checkpoint', newest?.size ?? null],
  ['Root over them (SHA-256)', html`<code>${newest?.root ?? ''}</code>`],
  ['Key of the log', html`<code>${logs[logs.length - 1]?.vkey ?? ''}</code>`],
])}
<p>Each act shown here is a line of this log; <code>log/</code> holds the lines and the proofs. Whoever holds two bundles of one archive can see whether both show the same log.</p>
${
  bundles.length === 0
    ? null
    : html`<h4>Earlier bundles with some of these captures</h4><ul>${bundles.map(
        ({ id, time, actor, sha256 }) =>
          html`<li><code>${id}</code>, ${utc(time)}, by ${who(actor)}; SHA-256 of its zip file <code>${sha256}</code></li>`,
      )}</ul>`
}
</section>`;
}

function limits(evidence: Evidence): Html {
  return html`<section id="limits"><h2>What this bundle can show, and what it cannot</h2>
<p>Checked as <code>VERIFY.txt</code> says, it shows:</p>
<ul>${canSay.map((sentence) => html`<li>${sentence}</li>`)}</ul>
<p>Nobody can say from a bundle:</p>
<ul>${evidence.limits.map((sentence) => html`<li>${sentence}</li>`)}</ul>
<p>${evidence.times}</p>
${evidence.leaving === undefined ? null : html`<h3>Limits of this bundle</h3><ul id="leaving">${leavingInWords(evidence.leaving).map((sentence) => html`<li>${sentence}</li>`)}</ul>`}
<p>A tag is a person's assessment of a post against a platform's own rule, or against a norm. Where a clause is quoted, its words are those of the text named beside it. Where a clause has a summary instead, that is in Holdfast's words; the rule itself stands at the address given. A SHA-256 shows that bytes are the same; it says nothing of authorship, truth or whose account it was.</p>
</section>`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
