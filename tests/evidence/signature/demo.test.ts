/** The whole story in one place: an identity is made and kept, opened again, signs, and is checked by others. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIdentity } from '../../../evidence/identity/create.ts';
import { fromPem, toPem } from '../../../evidence/identity/pem.ts';
import { readPkcs12 } from '../../../evidence/identity/pkcs12-read.ts';
import { writePkcs12 } from '../../../evidence/identity/pkcs12-write.ts';
import { signDetached } from '../../../evidence/signature/sign.ts';
import { isTrusted } from '../../../evidence/signature/trust.ts';
import { verifyDetached } from '../../../evidence/signature/verify.ts';
import { Bench } from '../identity/openssl.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

test('made, kept, opened, signed with, verified here and by openssl', async () => {
  const made = await createIdentity({ name: 'Vera Vymyšlená', organisation: 'Invented', now: new Date() });
  const kept = await writePkcs12(made, 'demo');
  const identity = await readPkcs12(kept, 'demo');
  const content = new TextEncoder().encode('what was signed\n');
  const signature = await signDetached({ content, identity, signingTime: new Date() });

  const signerPem = toPem(identity.certificate);
  const check = await verifyDetached({ content, signature });
  expect(check).toMatchObject({ ok: true, signer: { name: 'Vera Vymyšlená', organisation: 'Invented' } });
  expect(check.ok && (await isTrusted(check, fromPem(signerPem)))).toMatchObject({ trusted: true });

  await bench.write('content.txt', content);
  await bench.write('content.txt.p7s', signature);
  await bench.write('signer.pem', signerPem);
  await bench.openssl(
    'cms -verify -cades -binary -inform DER -in content.txt.p7s -content content.txt -CAfile signer.pem -out /dev/null',
  );
});
