import { Button, Fieldset, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import {
  type LeavingOrder,
  type LeavingPreview,
  profileSchema,
  waczChoiceSchema,
} from '../../contract/model/leaving.ts';
import { useDesk } from '../bridge/desk.tsx';
import type { LongCallState } from '../bridge/longCall.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { CutDown } from './CutDown.tsx';
import { Leaks } from './Leaks.tsx';
import { leavingMessages as words } from './leavingMessages.ts';
import { Named } from './Named.tsx';
import { Questions } from './Questions.tsx';
import { StaysBehind } from './StaysBehind.tsx';
import { Withheld } from './Withheld.tsx';

type What = Omit<HostInput<'bundle.preview'>, 'leaving'>;

/** What was seen last stays while it is looked at again: the keyboard stays where it is. */
function usePreview(now: LongCallState<LeavingPreview>): LeavingPreview | null {
  const [last, setLast] = useState<LeavingPreview | null>(null);
  const seen = now.state === 'done' ? now.value : now.state === 'running' ? last : null;
  if (seen !== last) setLast(seen);
  return seen;
}

/** The step before a bundle: for whom it is, and a look at everything that would leave. */
export function WhatLeaves({ what, busy }: { what: What; busy: boolean }) {
  const { leaving, setLeaving, previewing } = useDesk();
  const { now } = previewing;
  const look = (next: LeavingOrder) => previewing.start({ ...what, leaving: next });
  const change = (part: Partial<LeavingOrder>) => setLeaving({ ...leaving, ...part });
  const preview = usePreview(now);
  // What is withheld while it is being looked through, the look at hand may have passed.
  const again = useRef(false);
  const onWithheld = () => {
    if (now.state === 'running') again.current = true;
    else look(leaving);
  };
  useEffect(() => {
    if (now.state === 'running' || !again.current) return;
    again.current = false;
    look(leaving);
  });
  return (
    <Fieldset legend={words.heading} disabled={busy}>
      <Stack gap="md">
        <Text size="sm">{words.intro}</Text>
        <Group align="flex-end">
          <NativeSelect
            label={words.profile}
            value={leaving.profile}
            onChange={(event) => {
              change({ profile: profileSchema.parse(event.currentTarget.value) });
              previewing.reset();
            }}
            data={profileSchema.options.map((value) => ({ value, label: words.profiles[value] }))}
          />
          <NativeSelect
            label={words.wacz}
            value={leaving.wacz}
            onChange={(event) => {
              change({ wacz: waczChoiceSchema.parse(event.currentTarget.value) });
              previewing.reset();
            }}
            data={waczChoiceSchema.options.map((value) => ({ value, label: words.waczChoices[value] }))}
          />
          <Button
            variant="default"
            leftSection={<IconEye size={16} aria-hidden />}
            loading={now.state === 'running'}
            onClick={() => look(leaving)}
          >
            {preview === null ? words.look : words.lookAgain}
          </Button>
        </Group>
        {now.state === 'running' && (
          <ProgressPanel
            title={words.looking}
            progress={now.progress}
            cancelling={now.cancelling}
            onCancel={previewing.cancel}
          />
        )}
        {now.state === 'failed' && <FailureAlert error={now.failure} onClose={previewing.reset} />}
        {preview !== null && (
          <>
            <Leaks
              leaks={preview.leaks}
              accepted={leaving.acceptLeaks}
              onChange={(acceptLeaks) => change({ acceptLeaks })}
            />
            <Questions questions={preview.questions} />
            <Named preview={preview} />
            <StaysBehind
              leftOut={preview.leftOut}
              include={leaving.include}
              onChange={(include) => {
                change({ include });
                look({ ...leaving, include });
              }}
            />
            <CutDown preview={preview} />
            <Withheld captures={preview.listed} onChanged={onWithheld} />
          </>
        )}
      </Stack>
    </Fieldset>
  );
}
