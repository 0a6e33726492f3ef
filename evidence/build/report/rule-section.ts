/** The sections after the captures: rules cited with the texts that stand in the bundle, norms apart, and reports filed. */
import type { Evidence } from '../../bundle/evidence.ts';
import type { PolicyEntry, VersionEntry } from '../../bundle/rules.ts';
import type { Exhibits } from './exhibits.ts';
import { type Content, commaSeparated, facts, foreign, type Html, html } from './html.ts';
import type { RuleBook } from './rule-book.ts';
import { terms, whereFrom } from './tag.ts';
import { byteCount, who } from './words.ts';

export function ruleSections(evidence: Evidence, book: RuleBook, exhibits: Exhibits): Html {
  const policies = evidence.policies ?? [];
  const rules = policies.filter(({ kind }) => kind === 'rules');
  const norms = policies.filter(({ kind }) => kind === 'norm');
  return html`${
    rules.length === 0
      ? null
      : html`<section id="rules"><h2>Rules cited</h2><p>The exact texts of platforms’ rules, each as it was seen on one day. That a text was seen then does not say since when it was in force. Marks such as ** or [ ] in quoted clauses are those of the text file.</p>${rules.map((policy) => policySection(policy, book))}${notes(evidence, book)}</section>`
  }${
    norms.length === 0
      ? null
      : html`<section id="norms" class="norms"><h2>Norms cited: laws and designations</h2><p>These are not rules of a platform.</p>${norms.map((policy) => policySection(policy, book))}${
          rules.length === 0 ? notes(evidence, book) : null
        }</section>`
  }${reports(evidence, book, exhibits)}`;
}

function policySection(policy: PolicyEntry, book: RuleBook): Html {
  const of = policy.kind === 'norm' ? (policy.jurisdiction ?? policy.platform) : policy.platform;
  return html`<article><h3>${foreign(policy.name)} <span class="soft">(${foreign(of)})</span></h3>${policy.versions.map((version) => versionFacts(version, book))}</article>`;
}

function versionFacts(version: VersionEntry, book: RuleBook): Html {
  const cited = commaSeparated(version.clauses.map(({ title }) => foreign(title)));
  return html`<h4>Text seen on ${book.seenOn(version.seen)}</h4>${facts([
    ['In force from', version.inForceFrom === null ? 'not known' : book.when(version.inForceFrom)],
    ['Where from', whereFrom(version)],
    ['Licence', terms(version)],
    ['Taken in', html`${book.when(version.time)}, by ${who(version.actor)}`],
    ['Exact text', html`<code>${version.path}</code>, ${byteCount(version.size)}`],
    ['SHA-256', html`<code>${version.sha256}</code>`],
    [
      'Clauses cited here',
      version.clauses.length === 0 ? 'none: this text shows that they were not in it' : html`${cited}`,
    ],
  ])}`;
}

const linkKinds = {
  limits: 'limits',
  follows: 'follows on',
  defines: 'defines words of',
  'same-rule': 'is the same rule as',
} as const;

/** Corrections and links that people set. */
function notes({ corrections = [], links = [] }: Evidence, book: RuleBook): Html | null {
  if (corrections.length + links.length === 0) return null;
  const titled = (key: string): Html => {
    const title = book.titleOf(key);
    return title === null ? html`<code>${key}</code>` : html`${foreign(title)} (<code>${key}</code>)`;
  };
  const set = ({ time, actor }: { time: string; actor: Parameters<typeof who>[0] }) =>
    html`<span class="soft">${book.when(time)}, ${who(actor)}</span>`;
  return html`<h3>What people noted about these clauses</h3><ul>${links.map(
    (link) =>
      html`<li>${titled(link.from)} ${linkKinds[link.kind]} ${titled(link.to)}${link.because === null ? null : html`, because: ${foreign(link.because)}`} ${set(link)}</li>`,
  )}${corrections.map(
    (correction) =>
      html`<li>${titled(correction.key)}: ${correctionWords(correction.change)}, because: ${foreign(correction.because)} ${set(correction)}</li>`,
  )}</ul>`;
}

function correctionWords(change: NonNullable<Evidence['corrections']>[number]['change']): Content {
  if (change.kind === 'role') return change.role === null ? 'has no role' : `its role is ${change.role}`;
  if (change.kind === 'confirm') return 'is rightly taken for the same clause, though reworded';
  return html`is the clause <code>${change.key}</code>`;
}

function reports(
  { reports: filed = [], leftOut }: Evidence,
  book: RuleBook,
  exhibits: Exhibits,
): Html | null {
  if (filed.length === 0 && leftOut === undefined) return null;
  return html`<section id="reports"><h2>Reported to others</h2><ul>${filed.map(
    (report) =>
      html`<li>To ${foreign(report.to)} on ${foreign(report.at)}: ${commaSeparated(report.posts.map((post) => exhibits.link(post)))}${
        report.bundle === null ? null : html`, with the bundle <code>${report.bundle}</code>`
      }${report.note === null ? null : html`. ${foreign(report.note)}`} <span class="soft">Noted ${book.when(report.time)} by ${who(report.actor)}</span></li>`,
  )}</ul>${
    leftOut === undefined
      ? null
      : html`<p>${leftOut.reports === 1 ? 'One more report of some of these posts is' : `${leftOut.reports} more reports of some of these posts are`} not shown here, because ${leftOut.reports === 1 ? 'it names' : 'they name'} posts that are not in this bundle. That number is the signer’s word.</p>`
  }</section>`;
}
