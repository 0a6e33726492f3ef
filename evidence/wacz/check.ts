/**
 * Checks a WACZ file that anybody may have made (WACZ 1.1.1, wacz-auth 0.1.0): whether it is in itself what it says, who
 * signed it, and when. Every byte is attacker-controlled.
 */
import { type WaczCheck, type WaczStep, waczSteps } from '../../contract/model/wacz.ts';
import { type ContentsRequest, checkWaczContents } from './check-contents.ts';
import { checkWaczSignature } from './check-signature.ts';
import type { SignatureRequest } from './signed-data.ts';

export type WaczCheckRequest = ContentsRequest & SignatureRequest;

/** Never throws on hostile input. Rejects with what the source throws, and with `cancelled`. */
export async function checkWacz(request: WaczCheckRequest): Promise<WaczCheck> {
  const contents = await checkWaczContents(request);
  const facts = await checkWaczSignature(contents, request);
  const steps = waczSteps.map((step) => contents.findings.report(step));
  return {
    kind: 'wacz',
    verdict: verdictOf(steps),
    steps,
    ...facts,
    software: contents.description?.software ?? null,
  };
}

/** 'Not present' alone is no doubt: but nobody is trusted who did not sign. */
function verdictOf(steps: readonly WaczStep[]): WaczCheck['verdict'] {
  if (steps.some(({ status }) => status === 'failed')) return 'failed';
  const held = steps.every(({ status }) => status === 'ok' || status === 'not-present');
  const signed = steps.some(({ step, status }) => step === 'signer-trust' && status === 'ok');
  return held && signed ? 'trusted' : 'consistent';
}
