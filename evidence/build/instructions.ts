/** VERIFY.txt: how to check the bundle with tools that are not ours, with the commands made for this signer. */

import { fingerprintLines, withColons } from '../../contract/fingerprint.ts';
import { paths } from '../bundle/paths.ts';
import { cannotSay, canSay, timesInWords } from '../bundle/words.ts';
import type { BundlePlan, PlannedPartialCapture } from './plan.ts';

function isStamped(plan: BundlePlan, checkpoint: number): boolean {
  return plan.log.checkpoints.some(({ size, stamp }) => size === checkpoint && stamp !== null);
}

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
    page(),
    unpack(plan),
    hashes(),
    signature(plan),
    added(),
    timestamps(),
    logProofs(plan),
    ...inPart(plan),
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
${wrap(timesInWords([...plan.captures, ...(plan.partialCaptures ?? [])].some(({ checkpoint }) => isStamped(plan, checkpoint))))}

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

function page(): string {
  return `WITHOUT A COMMAND LINE

${paths.page} checks the zip file in a browser, offline: open the page, give it
the zip file and the fingerprint that the signer told you. It came with the
bundle as well, and a forged page says whatever its maker likes. Compare its
SHA-256 with what is published with each release of Holdfast, or take the page
from a release. The commands below need nothing that came with the bundle.
`;
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
  tagmanifest-sha256.txt.p7s.tsr   a timestamp over the signature, where there is one
  checkpoint-<size>.tsr        a timestamp over log/checkpoints/<size>, likewise
  tsa-<any>.pem                certificates of time-stamping authorities
  revocation/<any>             what authorities said about revoked certificates
  ATTIME.txt                   the time of the timestamp over the signature, in
                               seconds since 1970; signed by nobody

The folder sig/ is made after the manifests and is covered by none of them. A
timestamp that arrives later is added there, and changes nothing else.

  { sed 's/^[0-9a-f]*  //' ${paths.manifest} ${paths.tagManifest}; echo ${paths.tagManifest}; } | sort > ../listed.txt
  find . -type f | sed 's,^\\./,,' | grep -v '^sig/' | sort | diff ../listed.txt -

must print nothing.
`;
}

function timestamps(): string {
  return `5. WHEN?   (where sig/ holds a file *.tsr)

tsa-root.pem is the root certificate of the time-stamping authority. Get it
from the authority, not from this bundle.

  openssl ts -verify -data ${paths.signature} -in ${paths.signatureStamp} -CAfile tsa-root.pem

must print "Verification: OK": the signature existed no later than the time
that this prints:

  openssl ts -reply -in ${paths.signatureStamp} -text

A timestamp over a checkpoint says the same of the head of the custody log, and
so of every line under it. For each of them:

  for t in sig/checkpoint-*.tsr; do n=\${t#sig/checkpoint-}; openssl ts -verify -data log/checkpoints/\${n%.tsr} -in "$t" -CAfile tsa-root.pem && openssl ts -reply -in "$t" -text; done

Where an authority's certificate is not in the timestamp itself, add
-untrusted sig/tsa-<name>.pem. When certificates have expired since, check as
of the time of the timestamp: compare sig/ATTIME.txt with the time printed,
then add -attime "$(cat sig/ATTIME.txt)".
`;
}

/** The commands show the first capture; the others are checked the same way. */
function logProofs(plan: BundlePlan): string {
  const [capture] = plan.captures;
  const [partial] = plan.partialCaptures ?? [];
  const first = {
    capture: capture?.sealed.event.body.capture ?? partial?.id ?? '',
    event: capture?.sealed.event.id ?? partial?.sealed.id ?? '',
  };
  const { started } = plan.log;
  const newest = plan.log.checkpoints[plan.log.checkpoints.length - 1];
  const origin = newest?.origin;
  const key = started.find(({ event }) => event.body.origin === origin)?.event.body.vkey ?? '';
  return `6. DO THE RECORDS STAND IN THE LOG?

A checkpoint in log/checkpoints/ is the signed head of the archive's custody
log (c2sp.org/tlog-checkpoint): its name, how many lines it has, a root hash
over them, an empty line, the signature by the log's own key. The key of the
newest one, as the record of the log's beginning says it, is

  ${key}

A proof in log/proofs/ (c2sp.org/tlog-proof) leads from the line of one
capture to such a root; log/inclusion.json holds the path of every line shown,
to the newest. A file in log/consistency/ (in the form of c2sp.org/tlog-witness)
shows that the newest log begins with the older one, unchanged. The rules are
those of RFC 6962, sections 2.1.1 and 2.1.2. In a POSIX shell, the signature
of the newest checkpoint, and the proof of the first capture:

  { printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; echo '${key.slice(key.lastIndexOf('+') + 1)}' | base64 -d | tail -c 32; } | openssl pkey -pubin -inform DER -out ../log-key.pem
  sed '/^$/,$d' ${paths.checkpoint(newest?.size ?? 0)} > ../checkpoint.txt
  sed -n '/^$/,$p' ${paths.checkpoint(newest?.size ?? 0)} | sed -n 's/.* //p' | base64 -d | tail -c 64 > ../checkpoint.sig
  openssl pkeyutl -verify -pubin -inkey ../log-key.pem -rawin -in ../checkpoint.txt -sigfile ../checkpoint.sig

  sha() { openssl dgst -sha256 -binary | base64; }
  node() { { printf '\\001'; echo "$1" | base64 -d; echo "$2" | base64 -d; } | sha; }
  prove() {
    h=$({ printf '\\000'; cat "$2"; } | sha)
    i=$(sed -n 's/^index //p' "$1"); n=$(sed '1,/^$/d' "$1" | sed -n 2p); n=$((n-1))
    for s in $(sed '1,2d;/^$/,$d' "$1"); do
      if [ $((i%2)) = 1 ] || [ $i = $n ]; then
        h=$(node $s $h); while [ $((i%2)) = 0 ] && [ $i != 0 ]; do i=$((i/2)); n=$((n/2)); done
      else h=$(node $h $s); fi
      i=$((i/2)); n=$((n/2))
    done
    [ "$h" = "$(sed '1,/^$/d' "$1" | sed -n 3p)" ] && [ $n = 0 ] && echo "in the log"
  }
  prove ${paths.proof(first.capture)} ${paths.leaf(first.event)}

must print "Signature Verified Successfully" and "in the log".
`;
}

/** Which captures are shown in part, and whether the log speaks for their files. */
function inPart({ partialCaptures = [] }: BundlePlan): string[] {
  if (partialCaptures.length === 0) return [];
  const lines = partialCaptures.map(({ id, committed }) =>
    committed === null ? `  ${id}  the signer's word` : `  ${id}  proven in\n    ${paths.artifacts(id)}`,
  );
  return [
    `7. ARE THE FILES THOSE OF THEIR CAPTURES?   (of captures shown in part)

Something of these captures is withheld, and with it the record that lists all
their files. Where the log committed to the files one by one, in the line right
behind the one that sealed the capture, each file shown is proven; of the
others nothing can be found out. Captures that were sealed before there was
such a line have none: that the files are theirs is the signer's word.

${lines.join('\n')}

A proof leads from SHA-256( 00 | salt | description of the file ) to the root
in the record of that line, as in step 6; docs/bundle-format.md of Holdfast
describes it, with a worked example.
${derivedFiles(partialCaptures)}`,
  ];
}

/** What was cut out of recordings, and what that is worth. */
function derivedFiles(captures: readonly PlannedPartialCapture[]): string {
  if (!captures.some(({ files }) => files.some(({ derived }) => derived !== undefined))) return '';
  return `
A file exhibits.wacz is derived: what the exhibits need of a recording that
stays behind, cut out of it by the signer, whose statement it is. Nothing here
proves that its records stand in that recording; its own hashes only show that
it is whole. Whoever has the recording can check it, record by record:
  holdfast verify BUNDLE.zip --original RECORDING.wacz
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
  data/certification-draft.html  the text of a certification; nobody signed it
  ${paths.page}             checks the zip file in a browser, offline
  data/captures/          what was preserved, byte for byte, with a record each;
                          of a capture of which something is withheld, what of
                          it goes along
  log/documents/          what was done: exact records
  log/leaves/             their lines in the custody log of the archive
  log/salts/              32 random bytes each, which tie a line to its record
  log/posts/              each post with the proof that its reading held it
  log/artifacts/          of captures shown in part, the proofs of their files
  log/checkpoints/        signed heads of the custody log
  log/proofs/             that the line of a capture stands under one of them
  log/inclusion.json      that every line shown stands under the newest one
  log/consistency/        that the newest log begins with the older ones

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
