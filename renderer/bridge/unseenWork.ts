import { useEffect, useState } from 'react';
import type { PushMessage } from '../../contract/channels.ts';

/** What main captures at this moment without anybody looking, as it says. */
export function useUnseenWork() {
  const [batchNow, setBatchNow] = useState<PushMessage<'batch'>>({ batchId: null, running: [], waiting: [] });
  const [checkingNow, setCheckingNow] = useState<PushMessage<'watch'>>({ running: [], waiting: [] });
  useEffect(() => window.holdfast.onBatch(setBatchNow), []);
  useEffect(() => window.holdfast.onWatch(setCheckingNow), []);
  return { batchNow, checkingNow };
}
