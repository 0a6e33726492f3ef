/** The archive host's answers about holds, dates and what was purged. */
import type { Archive } from '../archive.ts';
import type { HostHandlers } from '../host/serve.ts';
import { holdCapture, liftHold, listKeeping, retainCapture } from './keeping.ts';

/** `open`: the open archive, or a refusal; `writable`: the same for an act that writes. */
export function keepingHandlers(
  open: () => Archive,
  writable: () => Archive,
): Pick<HostHandlers, Extract<keyof HostHandlers, `keeping.${string}`>> {
  return {
    'keeping.list': async () => listKeeping(open()),
    'keeping.hold': async ({ captureId, because }) => holdCapture(writable(), captureId, because),
    'keeping.lift': async ({ captureId, because }) => {
      liftHold(writable(), captureId, because);
      return {};
    },
    'keeping.retain': async ({ captureId, until, because }) =>
      retainCapture(writable(), captureId, until, because),
  };
}
