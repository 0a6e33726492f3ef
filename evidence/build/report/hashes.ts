/** The appendix of hashes: every file that was captured, and every text of a rule. */
import type { Evidence } from '../../bundle/evidence.ts';
import { type Html, html } from './html.ts';
import { byteCount } from './words.ts';

export function hashes({ captures, partialCaptures = [], policies = [] }: Evidence): Html {
  const files = new Map(
    [
      ...captures.flatMap(({ artifacts }) => artifacts),
      ...partialCaptures.flatMap(({ files: shown }) => shown),
      ...policies.flatMap(({ versions }) => versions),
    ].map(({ path, size, sha256 }) => [path, { size, sha256 }]),
  );
  return html`<section id="hashes"><h2>Appendix: hashes</h2>
<p>Files of captures and texts of rules, with the SHA-256 that their records state. <code>manifest-sha256.txt</code> lists every file of the folder <code>data</code>, these among them.</p>
<table class="hashes"><caption>${files.size} ${files.size === 1 ? 'file' : 'files'}</caption>
<thead><tr><th scope="col">File</th><th scope="col">Size</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${[...files].map(
    ([path, { size, sha256 }]) =>
      html`<tr><th scope="row"><code>${path}</code></th><td>${byteCount(size)}</td><td><code>${sha256}</code></td></tr>`,
  )}</tbody></table></section>`;
}
