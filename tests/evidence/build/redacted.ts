/** The sample with its first capture shown in part: who wrote its posts is withheld, and every file of it. */
import type { BundlePlan } from '../../../evidence/build/plan.ts';

/** Place of the author's name among the parts of a post (docs/bundle-format.md). */
const namePart = 4;

export function redacted(plan: BundlePlan): BundlePlan {
  const [first, ...captures] = plan.captures;
  if (first === undefined) throw new Error('the sample has no capture');
  const { sealed, checkpoint, readings } = first;
  const { capture, method, receivedAt, url, artifacts } = sealed.event.body;
  return {
    ...plan,
    captures,
    partialCaptures: [
      {
        id: capture,
        sealed: { id: sealed.event.id, leaf: sealed.leaf },
        checkpoint,
        said: { method, receivedAt, url },
        committed: null,
        files: [],
        withheld: [
          { what: 'words', because: 'a bystander' },
          ...artifacts.map(({ role }) => ({ what: 'artifact' as const, role, because: null })),
        ],
        readings: readings.map((reading) => ({
          ...reading,
          posts: reading.posts.map((post) => ({ ...post, withheld: new Set([namePart]) })),
        })),
      },
    ],
  };
}
