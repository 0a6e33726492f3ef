import { useState } from 'react';
import type { WatchSchedule } from '../../contract/model/watch.ts';
import { watchScheduleSchema } from '../../contract/model/watch.ts';
import { localZone } from '../time/statedTime.ts';

const unitMinutes = { minutes: 1, hours: 60, days: 24 * 60 } as const;
export type Unit = keyof typeof unitMinutes;
export const units = ['minutes', 'hours', 'days'] as const satisfies readonly Unit[];

export interface ScheduleDraft {
  every: string | number;
  unit: Unit;
  jitter: string | number;
  someHours: boolean;
  from: number;
  to: number;
  zone: string;
}

export type ScheduleField = 'every' | 'jitter' | 'hours';

/** The schedule that the fields say, or the first field that says none. */
export function scheduleOf(draft: ScheduleDraft): WatchSchedule | ScheduleField {
  const parsed = watchScheduleSchema.safeParse({
    everyMinutes: typeof draft.every === 'number' ? draft.every * unitMinutes[draft.unit] : null,
    jitterMinutes: draft.jitter,
    hours: draft.someHours ? { from: draft.from, to: draft.to, timeZone: draft.zone.trim() } : null,
  });
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0];
  return field === 'hours' ? 'hours' : field === 'jitterMinutes' ? 'jitter' : 'every';
}

export function useSchedule() {
  const [draft, setDraft] = useState<ScheduleDraft>({
    every: 6,
    unit: 'hours',
    jitter: 30,
    someHours: false,
    from: 8,
    to: 20,
    zone: localZone(),
  });
  const change = (part: Partial<ScheduleDraft>) => setDraft((before) => ({ ...before, ...part }));
  return { draft, change, schedule: scheduleOf(draft) };
}
