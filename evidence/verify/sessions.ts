/** Who acted: every act needs the opening of its session, and a name that is called proven needs its proof. */
import type { EventOf } from '../bundle/act.ts';
import { paths } from '../bundle/paths.ts';
import { type Sha256, toHex } from '../digest/sha256.ts';
import { canonicalBytes } from '../log/canonical.ts';
import { verifyDetached } from '../signature/verify.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';

/** Fails the step 'leaves'. */
export async function checkSessions(findings: Findings, sha256: Sha256, log: LogExtract): Promise<void> {
  const opened = new Set<string>();
  for (const document of log.documents.values()) {
    if (document.kind !== 'session.opened') continue;
    const path = paths.document(document.id);
    if (opened.has(document.session)) {
      findings.fail(
        'leaves',
        'session-opened-twice',
        `${path} opens a session that another event opens, too.`,
      );
    }
    opened.add(document.session);
    if (!(await isProven(sha256, document))) {
      findings.fail(
        'leaves',
        'actor-not-proven',
        `${path}: the signature that is to prove who opened the session does not.`,
      );
    }
  }
  for (const { id, session } of log.documents.values()) {
    if (opened.has(session)) continue;
    findings.fail(
      'leaves',
      'session-not-disclosed',
      `${paths.document(id)} was done in a session whose opening is not in this bundle: who acted cannot be said.`,
    );
  }
}

/** A claimed name needs no proof. */
async function isProven(
  sha256: Sha256,
  { session, time, body }: EventOf<'session.opened'>,
): Promise<boolean> {
  if (body.proof === null) return true;
  const content = canonicalBytes({ archive: body.archive, purpose: 'holdfast/session/1', session, time });
  const signature = Uint8Array.from(atob(body.proof.cms), (character) => character.charCodeAt(0));
  const check = await verifyDetached({ content, signature });
  return (
    check.ok &&
    toHex(sha256.of(check.signerCertificate)) === body.proof.signer &&
    check.signer.name === body.actor
  );
}
