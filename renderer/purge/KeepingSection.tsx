import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Keeping } from '../../contract/model/purge.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { actorWords } from '../shared/actorWords.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ReasonField } from '../shared/ReasonField.tsx';
import { showInstant } from '../time/statedTime.ts';
import { purgeMessages as words } from './messages.ts';
import { PurgeDialog } from './PurgeDialog.tsx';
import { useKeeping } from './queries.ts';

type Act = 'hold' | 'lift' | 'retain';

/** Whether a capture is held, until when it is kept, and the way out. */
export function KeepingSection({ captureId }: { captureId: string }) {
  const keeping = useKeeping();
  if (keeping.isError) return <FailureAlert error={keeping.error} />;
  return keeping.data === undefined ? null : <Loaded captureId={captureId} keeping={keeping.data} />;
}

function Loaded({ captureId, keeping }: { captureId: string; keeping: Keeping }) {
  const [act, setAct] = useState<Act | 'purge' | null>(null);
  const held = keeping.held.find((each) => each.captureId === captureId);
  const retained = keeping.retained.find((each) => each.captureId === captureId);
  const isDue = keeping.due.some((each) => each.captureId === captureId);
  return (
    <section aria-label={words.section}>
      <Stack gap="xs">
        <Title order={3} size="h4">
          {words.section}
        </Title>
        {held !== undefined && (
          <Alert
            color="blue"
            icon={<IconLock aria-hidden />}
            title={words.held(showInstant(held.at).text, actorWords(held.by))}
          >
            <bdi>{held.because}</bdi>
          </Alert>
        )}
        {retained !== undefined && (
          <Text size="sm">
            {(isDue ? words.keptUntilPassed : words.keptUntil)(retained.until)} <bdi>{retained.because}</bdi>
          </Text>
        )}
        {act === null || act === 'purge' ? (
          <Group gap="xs">
            <Button variant="default" onClick={() => setAct(held === undefined ? 'hold' : 'lift')}>
              {held === undefined ? words.hold : words.lift}
            </Button>
            <Button variant="default" onClick={() => setAct('retain')}>
              {retained === undefined ? words.setUntil : words.changeUntil}
            </Button>
            <Button
              variant="outline"
              color="red"
              disabled={held !== undefined}
              onClick={() => setAct('purge')}
            >
              {words.open}
            </Button>
          </Group>
        ) : (
          <KeepingForm
            act={act}
            captureId={captureId}
            until={retained?.until ?? ''}
            onClose={() => setAct(null)}
          />
        )}
        {act === 'purge' && <PurgeDialog captureId={captureId} onClose={() => setAct(null)} />}
      </Stack>
    </section>
  );
}

interface FormProps {
  act: Act;
  captureId: string;
  until: string;
  onClose(): void;
}

const titles = { hold: words.holdTitle, lift: words.liftTitle, retain: words.because } as const;

function KeepingForm({ act, captureId, until, onClose }: FormProps) {
  const client = useQueryClient();
  const [because, setBecause] = useState('');
  const [day, setDay] = useState(until);
  const [isChecked, setChecked] = useState(false);
  const saving = useMutation({
    mutationFn: async (): Promise<unknown> => {
      if (act === 'hold') return unwrap(window.holdfast.holdCapture({ captureId, because }));
      if (act === 'lift') return unwrap(window.holdfast.liftHold({ captureId, because }));
      return unwrap(window.holdfast.retainCapture({ captureId, until: day.trim() || null, because }));
    },
    onSuccess: () => {
      refresh(client, 'posts');
      onClose();
    },
  });
  const isDay =
    /^(\d{4}-\d{2}-\d{2})?$/.test(day.trim()) && !Number.isNaN(Date.parse(day.trim() || '2000-01-01'));
  const save = (): void => {
    setChecked(true);
    if (because.trim() !== '' && (act !== 'retain' || isDay)) saving.mutate();
  };
  return (
    <Form onSubmit={save}>
      <Stack gap="xs" maw={560}>
        {act === 'retain' && (
          <TextInput
            label={words.until}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
            error={isChecked && !isDay ? words.untilWrong : null}
            placeholder="2027-01-31"
            maxLength={10}
            dir="ltr"
            autoComplete="off"
          />
        )}
        <ReasonField
          label={titles[act]}
          description={words.becauseHelp}
          value={because}
          onChange={(event) => setBecause(event.currentTarget.value)}
          error={isChecked && because.trim() === '' ? words.becauseMissing : null}
        />
        {saving.isError && <FailureAlert error={saving.error} />}
        <Group gap="xs">
          <Button type="submit" loading={saving.isPending}>
            {words.save}
          </Button>
          <Button variant="default" onClick={onClose} disabled={saving.isPending}>
            {words.cancel}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
