/** How what is shown was collected, kept and assessed, and what each of these steps cannot show. */

import type { Evidence } from '../../bundle/evidence.ts';
import { cannotSay, canSay } from '../../bundle/words.ts';
import { commaSeparated, foreign, type Html, html } from './html.ts';

export function method(evidence: Evidence): Html {
  const { captures, timeZone } = evidence;
  const recorded = captures.some(({ recording }) => recording !== undefined);
  const received = captures.some(({ recording }) => recording === undefined);
  const readers = [
    ...new Set(
      captures.flatMap(({ readings }) => readings.map(({ reader }) => `${reader.name} ${reader.version}`)),
    ),
  ].sort();
  return html`<section id="method"><h2>Method and its limits</h2>
<dl>
${recorded ? recording : null}
${received ? receiving : null}
${
  readers.length === 0
    ? null
    : step(
        'Reading',
        html`Posts were read out of the captures by programs: ${commaSeparated(readers.map(foreign))}. A text is shown as it was read, in its own direction, with nothing corrected.`,
        'The captured bytes are the evidence; a reading is what a program of that version made of them.',
      )
}
${step(
  'Assessing',
  'A tag is a person’s assessment of a post against a platform’s own rule, or against a norm. Where a clause is quoted, its words are those of the text named beside it, with the day on which it was seen, and with the exceptions that were asked for and what was answered. Where a clause has a summary instead, that is in Holdfast’s words; the rule itself stands at the address given.',
  'When a text was seen is not when it took effect. What others say of an assessment stands beside it, and nothing overrules it.',
)}
${step(
  'Keeping',
  'Every file was hashed with SHA-256 (FIPS 180-4) when it was kept. Each act is one line of the custody log, a Merkle tree (RFC 6962): a line cannot be changed, put in or taken out under a signed head without changing that head.',
  'Who holds the archive holds the log and its key. A SHA-256 shows that bytes are the same; it says nothing of authorship, of truth, or of whose account it was.',
)}
${step(
  'Handing over',
  'The bundle is a BagIt bag (RFC 8493). Its manifests are signed (CMS, CAdES-B); timestamps, where there are any, are by RFC 3161.',
  `Times are those of the computers named with each act. They are given in ${timeZone === 'UTC' ? 'UTC' : `the time zone ${timeZone} with its offset, and in UTC`}.`,
)}
</dl>
<h3>What this bundle can show, and what it cannot</h3>
<p>Checked as <code>VERIFY.txt</code> says, it shows:</p>
<ul>${canSay.map((sentence) => html`<li>${sentence}</li>`)}</ul>
<p>Nobody can say from a bundle:</p>
<ul>${cannotSay.map((sentence) => html`<li>${sentence}</li>`)}</ul>
<p>${evidence.times}</p>
</section>`;
}

function step(name: string, how: Html | string, limit: string): Html {
  return html`<div><dt>${name}</dt><dd><p>${how}</p><p class="soft">Limit: ${limit}</p></dd></div>`;
}

const recording = step(
  'Capturing',
  'Pages were recorded while a browser, named with each capture, showed them. Each answer of the network was kept as the browser received it after transfer decoding, in a WACZ file, with the page as rendered, a picture of it, its text, and the certificates that the servers showed. Session secrets were replaced by markers in the record.',
  '‘Complete’ says that nothing which the recorder can see is missing, not that the platform showed everything. Where a post’s words were found says where they came from; it does not exclude a manipulated computer, proxy or trusted root. A server’s certificate identifies the server as this computer saw it; it does not sign the content. What could not be reached was not reachable for whom, from where and when the capture says, and may be for others.',
);

const receiving = step(
  'Receiving',
  'Files that others had collected were taken in and kept byte for byte.',
  'How they were collected, nobody here saw. Addresses and times in them are what the files say.',
);
