import { NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { safetyMessages as words } from './messages.ts';
import { Section } from './Section.tsx';

const usual = [1, 5, 15, 30, 60];

/** When this computer locks an archive by itself. */
export function LockSection() {
  const client = useQueryClient();
  const settings = useQuery({
    queryKey: keys.lock,
    queryFn: () => unwrap(window.holdfast.lockSettings({})),
  });
  const setting = useMutation({
    mutationFn: (idleMinutes: number | null) => unwrap(window.holdfast.setLock({ idleMinutes })),
    onSuccess: (kept) => client.setQueryData(keys.lock, kept),
  });
  const minutes = settings.data?.idleMinutes;
  const shown = [...new Set([...usual, ...(minutes == null ? [] : [minutes])])].sort((a, b) => a - b);
  return (
    <Section title={words.lockHeading} help={words.lockHelp}>
      <NativeSelect
        label={words.lockAfter}
        description={words.lockKept}
        maw={360}
        disabled={settings.data === undefined}
        value={minutes === null ? 'never' : String(minutes ?? '')}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setting.mutate(chosen === 'never' ? null : Number(chosen));
        }}
        data={[
          ...shown.map((value) => ({ value: String(value), label: words.lockMinutes(value) })),
          { value: 'never', label: words.lockNever },
        ]}
      />
      {setting.isError && <FailureAlert error={setting.error} onClose={setting.reset} />}
      {settings.isError && <FailureAlert error={settings.error} />}
    </Section>
  );
}
