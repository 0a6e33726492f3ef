/** The sample captures that are shown in part, with what exhibits need of their recordings cut out of them. */
import type { BundlePlan, PlannedPartialCapture } from '../../../evidence/build/plan.ts';
import { derivedStatement } from '../../../evidence/bundle/partial-capture.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { deriveWacz } from '../../../evidence/wacz/derive.ts';
import { writeWacz } from '../../../evidence/wacz/write.ts';
import { exchanges, exhibited, needed, pages } from '../wacz/derived-board.ts';
import { gathered, plan as waczPlan } from '../wacz/plan.ts';
import { partialPlan } from './sample-partial.ts';

/** What stays behind. */
export async function wholeRecording(): Promise<Uint8Array> {
  return new Uint8Array(await gathered((await writeWacz(waczPlan(exchanges, { pages }))).bytes()));
}

export async function derivedPlan(identity: Identity): Promise<BundlePlan> {
  const whole = await wholeRecording();
  const base = partialPlan(identity, { withheld: ['wacz', whole, 'application/wacz+zip'] });
  const made = await deriveWacz({
    source: memorySource(whole),
    ...{ id: base.id, created: base.createdAt, software: 'Holdfast 0.1.0', needed, text: exhibited },
  });
  const { size, sha256, records, of } = made;
  const withDerived = (capture: PlannedPartialCapture): PlannedPartialCapture => ({
    ...capture,
    files: [
      ...capture.files,
      {
        ...{ role: 'exhibits', mediaType: 'application/wacz+zip', size, sha256 },
        derived: {
          ...{ from: 'wacz', rule: 'exhibits/1', records, of, statement: derivedStatement },
          ...{ posts: [], postsWithoutAnswer: [] },
        },
      },
    ],
  });
  return {
    ...base,
    partialCaptures: (base.partialCaptures ?? []).map(withDerived),
    openArtifact: (digest) => (digest === sha256 ? made.bytes() : base.openArtifact(digest)),
  };
}
