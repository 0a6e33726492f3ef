import { describe, expect, test } from 'vitest';
import { compile, makeIdentity, pack, resign, step, text, unpack, verify } from '../build/bundle.ts';
import { samplePlan } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');
const stranger = await makeIdentity('Ada Invented');

describe('the verdict', () => {
  test('is trusted when everything holds and the signer is one that was named', async () => {
    const verification = await verify(await compile(samplePlan(signer), signer), stranger, signer);
    expect(verification).toMatchObject({
      verdict: 'trusted',
      files: [],
      signedAt: '2026-05-03T12:35:00.000Z',
    });
    expect(verification.signer).toEqual(signer.signer);
    expect(verification.steps.map(({ step: name, status }) => `${name} ${status}`)).toEqual([
      'container ok',
      'bag ok',
      'manifests ok',
      'unlisted-files ok',
      'signature ok',
      'signer-trust ok',
      'leaves ok',
      'evidence ok',
    ]);
  });
});
void [pack, resign, step, text, unpack];
