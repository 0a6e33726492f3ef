/** VERIFY.txt: how to check the bundle with tools that are not ours, with the commands made for this signer. */

import { fingerprintLines, withColons } from '../../contract/fingerprint.ts';
import { paths } from '../bundle/paths.ts';
import { cannotSay, canSay, timesInWords } from '../bundle/words.ts';
import type { BundlePlan } from './plan.ts';

function oneLine(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `  - ${sentence}\n`).join('');
}

/** The options of `openssl cms -verify` that say whom to trust. */
function trustOptions(plan: BundlePlan): string {
  return plan.signer.selfSigned
    ? `-CAfile ${paths.signer}${plan.anyPurpose ? ' -purpose any' : ''}`
    : `-CAfile ORGANISATION-ROOT.pem${plan.hasChain ? ` -certfile ${paths.chain}` : ''} -purpose any`;
}

/** The text, with line feeds. The same plan gives the same text. */
export function renderInstructions(plan: BundlePlan): string {
  return [
    warning(),
    meaning(plan),
    unpack(plan),
    hashes(),
    signature(plan),
    added(),
    otherSystems(),
    insides(),
  ].join('\n');
}

function warning(): string {
  return `HOW TO CHECK THIS BUNDLE

Read this first: this file came with the bundle. Whoever could change the
bundle could change this file, too. Compare what it says with a copy of these
instructions from elsewhere (docs/bundle-format.md of Holdfast), and compare
the fingerprint below with what the signer told you by another way: by
telephone, on paper, or on a web site of theirs.
`;
}

function meaning(plan: BundlePlan): string {
  const { signer } = plan;
  return `WHAT A CHECK CAN SAY

${list(canSay)}
and what nobody can say from a bundle:

${list(cannotSay)}
${wrap(timesInWords)}

The signer of this bundle, as the certificate names them:

  Name:          ${oneLine(signer.name)}
  Organisation:  ${oneLine(signer.organisation ?? 'not given')}
  E-mail:        ${oneLine(signer.email ?? 'not given')}
  Certificate:   ${signer.selfSigned ? 'made by the signer; nobody else vouches for the name' : 'issued by another authority'}
  Valid:         ${signer.notBefore} to ${signer.notAfter}
  SHA-256:       ${withColons(signer.fingerprint)}

To be compared by telephone, group by group (A as in Alfa):

${fingerprintLines(signer.fingerprint)
  .map((line) => `  ${line}\n`)
  .join('')}`;
}

function unpack(plan: BundlePlan): string {
  return `1. UNPACK

Unpack the zip file with any program, and open a command line in its folder
holdfast-${plan.id}
`;
}

function hashes(): string {
  return `2. ARE THE FILES UNCHANGED?   (Linux)

  sha256sum --strict -c ${paths.tagManifest} && sha256sum --strict -c ${paths.manifest}

Every line must end in OK. ${paths.tagManifest} lists the file
${paths.manifest}, which lists everything in data/.
`;
}

function signature(plan: BundlePlan): string {
  const expiry = Math.floor(Date.parse(plan.createdAt) / 1000);
  const root = plan.signer.selfSigned
    ? `The certificate is its own authority here: that the command succeeds says that
whoever holds its key signed. Who that is, the fingerprint must tell.`
    : `ORGANISATION-ROOT.pem is the root certificate of the signer's organisation. Get it
from the organisation, not from this bundle.`;
  return `3. WHO SIGNED?   (OpenSSL 3.0 or later, on any system)

  openssl cms -verify -cades -binary -inform DER -in ${paths.signature} \\
    -content ${paths.tagManifest} ${trustOptions(plan)} -out /dev/null

must print "CAdES Verification successful".
On Windows write NUL in place of /dev/null, and the command on one line.

  openssl x509 -in ${paths.signer} -noout -fingerprint -sha256

must print the fingerprint that the signer told you.

${root}

When the certificate has expired since, add '-attime ${expiry}'
to the first command: it checks as of when the bundle was made, by the
signer's own clock.

The time that the signer claims to have signed at:

  openssl cms -cmsout -print -noout -inform DER -in ${paths.signature}
`;
}

function added(): string {
  return `4. WAS ANYTHING ADDED?

sha256sum -c does not see files that no manifest lists. List what is there,
and compare: apart from the files that the two manifests list there may be
only ${paths.tagManifest} and the folder sig/ with

  tagmanifest-sha256.txt.p7s   the signature
  signer.pem                   the signer's certificate
  chain.pem                    further certificates, for some signers

The folder sig/ is made after the manifests and is covered by none of them.

  { sed 's/^[0-9a-f]*  //' ${paths.manifest} ${paths.tagManifest}; echo ${paths.tagManifest}; } | sort > ../listed.txt
  find . -type f | sed 's,^\\./,,' | grep -v '^sig/' | sort | diff ../listed.txt -

must print nothing.
`;
}

function otherSystems(): string {
  return `ON MACOS

  shasum -a 256 --strict -c ${paths.tagManifest} && shasum -a 256 --strict -c ${paths.manifest}

The commands for the signature are the same; where the openssl that comes with
the system knows no -cades, leave it out or install OpenSSL 3.

ON WINDOWS

Windows has no program that checks a whole list. In PowerShell:

  Get-Content ${paths.tagManifest}, ${paths.manifest} | ForEach-Object {
    $sum, $file = $_ -split '  ', 2
    if ((Get-FileHash -Algorithm SHA256 -LiteralPath $file).Hash -ne $sum) { "CHANGED: $file" } }

must print nothing. For one file: certutil -hashfile FILE SHA256
`;
}

function insides(): string {
  return `WHAT IS INSIDE

  ${paths.report}        what a person reads; opens in any browser, offline
  ${paths.evidence}      the same for programs
  data/captures/          what was preserved, byte for byte, with a record each
  log/documents/          what was done: exact records
  log/leaves/             their lines in the custody log of the archive
  log/salts/              32 random bytes each, which tie a line to its record
  log/posts/              each post with the proof that its reading held it

A line of the log is tied to its record by
  SHA-256( 02 | salt | SHA-256(document) )
as docs/bundle-format.md of Holdfast describes, with worked examples.
The program checks all of this: holdfast verify BUNDLE.zip --trust CERTIFICATE.pem
`;
}

function wrap(sentence: string): string {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines[lines.length - 1];
    if (last === undefined || last.length + word.length > 77) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}
