/** The sample as the bundle of a case: three exhibits, one of them a whole capture, and one that was removed. */
import type { BundlePlan } from '../../../evidence/build/plan.ts';
import { id, logAnew, SampleLog } from './sample.ts';

export const sampleCase = { id: id(60), name: 'Elmwick ./. Crows', timeZone: 'Europe/Berlin' } as const;

export function withCase(plan: BundlePlan): BundlePlan {
  const log = new SampleLog(id(1), 111);
  const of = sampleCase.id;
  const exhibit = (n: number, number: number, capture: string, post: string | null, label: string | null) =>
    log.event('exhibit.added', n, { exhibit: id(n + 1), case: of, number, capture, post, label });
  const made = log.event('case.made', 61, { case: of, name: sampleCase.name, timeZone: sampleCase.timeZone });
  const persian = exhibit(62, 1, id(31), null, null);
  const english = exhibit(64, 2, id(11), id(12), 'The poster');
  const hostile = exhibit(66, 4, id(11), id(13), null);
  const noted = log.event('exhibit.noted', 68, { exhibit: id(65), note: 'Ask the <i>printer</i>.' });
  const removed = log.event('exhibit.removed', 70, {
    exhibit: id(71),
    case: of,
    number: 3,
    because: 'Stands in exhibit 2.',
  });
  return logAnew({
    ...plan,
    timeZone: sampleCase.timeZone,
    case: {
      named: made,
      exhibits: [
        { added: english, labelled: null, noted },
        { added: persian, labelled: null, noted: null },
        { added: hostile, labelled: null, noted: null },
      ],
      removed: [removed],
    },
  });
}
