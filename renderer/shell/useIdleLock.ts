import { useEffect, useState } from 'react';
import type { PushMessage } from '../../contract/channels.ts';
import { welcomeMessages } from '../welcome/messages.ts';
import { shellMessages } from './messages.ts';

/** What the lock that comes by itself has to say: why it waits, or why the archive is locked. */
export function useIdleLock(archiveOpen: boolean): { waits: string | null; locked: string | null } {
  const [news, setNews] = useState<PushMessage<'idleLock'> | null>(null);
  useEffect(() => window.holdfast.onIdleLock((message) => setNews(message)), []);
  useEffect(() => {
    // What was said of an earlier opening.
    if (archiveOpen) setNews(null);
  }, [archiveOpen]);
  if (news === null || news.state === 'off') return { waits: null, locked: null };
  if (news.state === 'waiting') {
    const { lockWaitsIdle, lockWaitsSystem } = shellMessages;
    return { waits: news.why === 'idle' ? lockWaitsIdle : lockWaitsSystem, locked: null };
  }
  const { lockedIdle, lockedSystem } = welcomeMessages;
  const byIdle = news.why === 'idle' && news.minutes !== null;
  return { waits: null, locked: byIdle ? lockedIdle(news.minutes ?? 0) : lockedSystem };
}
