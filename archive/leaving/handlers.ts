/** The host's answers about what leaves. */
import type { Archive } from '../archive.ts';
import { previewBundle } from '../compile.ts';
import type { CallContext, HostHandlers } from '../host/serve.ts';
import { addRedaction, liftRedaction, listRedactions } from './redactions.ts';

type Channels = 'bundle.preview' | 'redactions.list' | 'redactions.add' | 'redactions.lift';

export function leavingHandlers(
  open: () => Archive,
  writable: () => Archive,
  work: <T>(context: CallContext, act: (archive: Archive, context: CallContext) => Promise<T>) => Promise<T>,
): Pick<HostHandlers, Channels> {
  return {
    'bundle.preview': (order, context) =>
      work(context, (archive, { signal, progress }) => previewBundle(archive, order, { signal, progress })),
    'redactions.list': async () => ({ redactions: listRedactions(open()) }),
    'redactions.add': async (draft) => addRedaction(writable(), draft),
    'redactions.lift': async ({ redactionId, because }) => liftRedaction(writable(), redactionId, because),
  };
}
