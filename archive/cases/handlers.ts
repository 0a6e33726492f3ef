/** The archive host's answers about cases. */
import type { Archive } from '../archive.ts';
import type { HostHandlers } from '../host/serve.ts';
import {
  addExhibits,
  changeCase,
  labelExhibit,
  listCases,
  makeCase,
  noteOnExhibit,
  putExhibit,
  readCase,
  takeOutExhibit,
} from './cases.ts';

/** `open`: the open archive, or a refusal; `writable`: the same for an act that writes. */
export function caseHandlers(
  open: () => Archive,
  writable: () => Archive,
): Pick<HostHandlers, Extract<keyof HostHandlers, `cases.${string}`>> {
  return {
    'cases.list': async () => ({ cases: listCases(open()) }),
    'cases.read': async ({ caseId }) => readCase(open(), caseId),
    'cases.make': async (draft) => makeCase(writable(), draft),
    'cases.change': async ({ caseId, ...facts }) => changeCase(writable(), caseId, facts),
    'cases.label': async ({ caseId, number, label }) => labelExhibit(writable(), caseId, number, label),
    'cases.add': async ({ caseId, exhibits }) => {
      addExhibits(writable(), caseId, exhibits);
      return readCase(open(), caseId);
    },
    'cases.note': async ({ caseId, number, note }) => noteOnExhibit(writable(), caseId, number, note),
    'cases.move': async ({ caseId, number, before }) => putExhibit(writable(), caseId, number, before),
    'cases.remove': async ({ caseId, number, because }) =>
      takeOutExhibit(writable(), caseId, number, because),
  };
}
