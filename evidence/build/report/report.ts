/** `data/report.html`: one file, no script, nothing from the network; what a person reads. */

import { withColons } from '../../../contract/fingerprint.ts';
import type { Evidence, TagEntry } from '../../bundle/evidence.ts';
import { leavingInWords } from '../../bundle/leaving.ts';
import { captureSection } from './capture.ts';
import { caseSection } from './case.ts';
import { checkSection } from './checks.ts';
import { htmlDocument } from './document.ts';
import { allCaptures, Exhibits, postsOf } from './exhibits.ts';
import { glossary } from './glossary.ts';
import { hashes } from './hashes.ts';
import { facts, foreign, type Html, html } from './html.ts';
import { method } from './method.ts';
import { partialCaptureSection } from './partial-capture.ts';
import { RuleBook } from './rule-book.ts';
import { ruleSections } from './rule-section.ts';
import { summary } from './summary.ts';
import { stateOf } from './tag.ts';
import { who } from './words.ts';

/** The report as a whole document. It is a pure function of evidence.json. */
export function renderReport(evidence: Evidence): string {
  const book = new RuleBook(evidence);
  const exhibits = new Exhibits(evidence);
  const context = { book, exhibits, shown: { posts: new Set<string>(), pictures: new Set<string>() } };
  return htmlDocument(
    `Evidence report ${evidence.bundle}`,
    html`${opening(evidence, book)}
<main>
${summary(evidence, book, exhibits)}
${method(evidence)}
${leaving(evidence)}
${caseSection(evidence, context)}
${evidence.captures.map((capture, i) => captureSection(capture, { ...context, number: i + 1 }))}
${(evidence.partialCaptures ?? []).map((capture, i) =>
  partialCaptureSection(capture, { ...context, number: evidence.captures.length + i + 1 }),
)}
${checkSection(evidence, book, exhibits)}
${ruleSections(evidence, book, exhibits)}
${custody(evidence, book)}
${hashes(evidence)}
${glossary()}
</main>
<footer>Written by ${evidence.tool.name} ${evidence.tool.version} for the bundle <code>${evidence.bundle}</code>. Times in ${evidence.timeZone === 'UTC' ? 'UTC' : `${evidence.timeZone} and UTC`}. The same facts for programs: <code>data/evidence.json</code>.</footer>`,
    { pictures: true },
  );
}

/** What was left out of this bundle, and what was open when it was sealed. */
function leaving({ leaving: entry }: Evidence): Html | null {
  if (entry === undefined) return null;
  return html`<section id="leaving"><h2>Limits of this bundle</h2><ul>${leavingInWords(entry).map((sentence) => html`<li>${sentence}</li>`)}</ul></section>`;
}

function opening(evidence: Evidence, { when }: RuleBook): Html {
  const { signer } = evidence;
  const all = allCaptures(evidence);
  const posts = all.flatMap(postsOf);
  const tags = posts.flatMap((post) => post.tags);
  return html`<header>
<h1>Evidence report</h1>
<p class="soft">${count(all.length, 'capture')}, ${count(posts.length, 'post')}, ${tagCount(tags)}; compiled ${when(evidence.createdAt)}</p>
<p class="notice">This page says what the signer says. That its files are unchanged since the signature, and who signed, must be checked outside of it: <code>VERIFY.txt</code> beside the folder <code>data</code> tells how.</p>
${evidence.notPrinted === undefined ? null : html`<p class="notice">There is no <code>report.pdf</code> in this bundle: when it was compiled, no browser engine was there to print this report, or it failed.</p>`}
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

/** Under which head of which log the captures stand, and which bundles took them before. */
function custody({ bundles, checkpoints, logs }: Evidence, { when }: RuleBook): Html {
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
    : html`<h3>Earlier bundles with some of these captures</h3><ul>${bundles.map(
        ({ id, time, actor, sha256 }) =>
          html`<li><code>${id}</code>, ${when(time)}, by ${who(actor)}; SHA-256 of its zip file <code>${sha256}</code></li>`,
      )}</ul>`
}
</section>`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
