/** The draft of a certification inside a bundle, and the certificate that is written beside it. */
import { withColons } from '../../../contract/fingerprint.ts';
import type { Signer } from '../../../contract/model/bundle.ts';
import type { CertificationForm } from '../../../contract/model/certificate.ts';
import type { CaptureEntry, Evidence } from '../../bundle/evidence.ts';
import { htmlDocument } from '../report/document.ts';
import { type Content, facts, fileName, foreign, type Html, html } from '../report/html.ts';
import { byteCount, type When, whenIn } from '../report/words.ts';
import { excluded, inPart, type Schedules, schedulesOf, statements } from './statements.ts';

/** `data/certification-draft.html`: for the signer and counsel to read; nobody signed it. A pure function of evidence.json. */
export function renderDraft(evidence: Evidence): string {
  const schedules = schedulesOf(evidence);
  const lines = (form: CertificationForm) =>
    html`<ol>${statements(schedules, form).map((line) => html`<li>${line}</li>`)}</ol>`;
  return htmlDocument(
    `Draft of a certification ${evidence.bundle}`,
    html`<header><h1>Draft of a certification</h1>
<p class="notice">Nobody signed this, and it certifies nothing. It is the text that <code>holdfast bundle certify</code> asks the signer to confirm line by line, and then writes beside the zip file, with the digest of that file, which cannot stand inside it. Whether it suits a proceeding, counsel must say.</p></header>
<main>
<section id="us"><h2>For courts of the United States</h2>
<p>Federal Rules of Evidence 902(13), records made by an electronic process or system, and 902(14), data copied from an electronic device, storage medium or file, with the certification that 902(11) asks for. The other party must get it in writing in reasonable time, with the records.</p>
${lines('us')}</section>
<section id="neutral"><h2>For collectors and courts elsewhere</h2>
<p>The same in a neutral form, which names no law. What a statement must contain, and before whom it is made, the law of the place says.</p>
${lines('neutral')}</section>
${scheduleSections(evidence, schedules)}
</main>`,
    { pictures: false },
  );
}

/** What is certified of which zip file, and by whom. */
export interface Certificate {
  evidence: Evidence;
  form: CertificationForm;
  /** Of the zip file: its name without a folder, bytes, and SHA-256. */
  zip: { name: string; size: number; sha256: string };
  /** SHA-256 of `tagmanifest-sha256.txt`, which the bundle's signature is over. */
  tagManifest: string;
  /** Who certifies; need not be the signer of the bundle. */
  signer: Signer;
  /** Position and qualification, as typed in; null: none was given. */
  title: string | null;
  /** Statements that were confirmed, by their number from 1. */
  confirmed: ReadonlySet<number>;
  at: Date;
}

/** The certificate, to be signed over its bytes. */
export function renderCertificate(certificate: Certificate): string {
  const { evidence, form, zip, tagManifest, signer, title, confirmed, at } = certificate;
  const schedules = schedulesOf(evidence);
  const lines = statements(schedules, form).map((line, i) => ({
    line,
    isConfirmed: confirmed.has(i + 1),
    n: i + 1,
  }));
  const open = lines.filter(({ isConfirmed }) => !isConfirmed);
  const when = whenIn(evidence.timeZone);
  return htmlDocument(
    `Certificate ${evidence.bundle}`,
    html`<header><h1>Certificate</h1>
<p class="soft">${form === 'us' ? 'Under Federal Rules of Evidence 902(13) and 902(14)' : 'On electronic records and their digests'}; ${when(at.toISOString())}, by the clock of the computer of whoever certifies</p>
${facts([
  ['Who certifies', foreign(signer.name)],
  ['Organisation', signer.organisation === null ? null : foreign(signer.organisation)],
  ['Position and qualification', title === null ? 'not stated' : foreign(title)],
  ['Fingerprint of the certificate (SHA-256)', html`<code>${withColons(signer.fingerprint)}</code>`],
  ['Zip file', html`${fileName(zip.name)}, ${byteCount(zip.size)}`],
  ['Its SHA-256', html`<code>${zip.sha256}</code>`],
  ['SHA-256 of its tag manifest', html`<code>${tagManifest}</code>`],
  ['Bundle', html`<code>${evidence.bundle}</code>`],
  [
    'Signer of the bundle',
    html`${foreign(evidence.signer.name)}, <code>${withColons(evidence.signer.fingerprint)}</code>`,
  ],
])}
<p class="notice">A timestamp that is added to the bundle later changes the digest of the zip file; that of the tag manifest stays.</p></header>
<main>
<section id="statements"><h2>Statements</h2>
<ol>${lines.map(({ line, isConfirmed, n }) => (isConfirmed ? html`<li value="${n}">${line}</li>` : null))}</ol>
${
  open.length === 0
    ? html`<p>All ${lines.length} statements were confirmed one by one.</p>`
    : html`<h3>Not confirmed</h3><p>Whoever certifies did not confirm these, and does not make them:</p><ol>${open.map(({ line, n }) => html`<li value="${n}">${line}</li>`)}</ol>`
}</section>
<section id="signature"><h2>Signature</h2>
${facts([
  ['Place and date', '\u2002'],
  ['Signature', '\u2002'],
  ['Name', foreign(signer.name)],
])}
<p class="soft">The file beside this one whose name ends in <code>.p7s</code> is a signature over these bytes (CMS, CAdES-B) by the certificate named above.</p></section>
${scheduleSections(evidence, schedules)}
</main>`,
    { pictures: false },
  );
}

function scheduleSections(evidence: Evidence, { recorded, copied }: Schedules): Html {
  const when = whenIn(evidence.timeZone);
  const exhibits = (id: string): Content => {
    const numbers = evidence.case?.exhibits
      .filter(({ capture }) => capture === id)
      .map(({ number }) => number);
    return numbers === undefined ? null : numbers.join(', ');
  };
  const list = (captures: readonly CaptureEntry[]): Content =>
    captures.length === 0
      ? html`<p>None.</p>`
      : captures.map(
          (capture) =>
            html`<article>${facts([
              ['Exhibits', exhibits(capture.id)],
              ...captureFacts(capture, when),
            ])}<h3>Files</h3><ul>${capture.artifacts.map(({ path, size, sha256 }) => html`<li><code>${path}</code>, ${byteCount(size)}, SHA-256 <code>${sha256}</code></li>`)}</ul></article>`,
        );
  return html`<section id="schedule-a"><h2>Schedule A: captured here</h2>${list(recorded)}</section>
<section id="schedule-b"><h2>Schedule B: copied from elsewhere</h2>${list(copied)}</section>
<section id="schedule-c"><h2>Schedule C: excluded</h2><p>Not certified, though it stands in the bundle:</p><ul>${[...excluded, ...inPart(evidence)].map((each) => html`<li>${each}</li>`)}</ul></section>`;
}

function captureFacts(capture: CaptureEntry, when: When): (readonly [string, Content])[] {
  const { recording, origin, verdict } = capture;
  const stamp = capture.existedNoLaterThan;
  return [
    ['Capture', html`<code>${capture.id}</code>`],
    [
      'Address asked for',
      recording === undefined ? null : html`<code>${foreign(recording.requestedUrl)}</code>`,
    ],
    ['Captured', recording === undefined ? null : when(recording.startedAt)],
    ['How complete it is', verdict ?? null],
    ['File, as it was named', recording === undefined ? fileName(capture.sourceName) : null],
    ['Received', recording === undefined || origin !== undefined ? when(capture.receivedAt) : null],
    [
      'Out of a bundle',
      origin === undefined
        ? null
        : html`<code>${origin.bundle}</code>, signed by ${foreign(origin.signer.name)}`,
    ],
    [
      'Existed no later than',
      stamp === null ? 'no independent timestamp' : html`${when(stamp.time)}, by ${foreign(stamp.authority)}`,
    ],
    ['Software', `${capture.tool.name} ${capture.tool.version}`],
  ];
}
