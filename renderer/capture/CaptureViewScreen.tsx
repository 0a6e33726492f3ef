import { Group, Loader, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconLockOpen } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Access } from '../../contract/model/persona.ts';
import type { ViewState } from '../../contract/model/view.ts';
import { useDesk } from '../bridge/desk.tsx';
import { DoorPanel } from '../door/DoorPanel.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { AddressBar } from './AddressBar.tsx';
import { AutopilotChoice } from './AutopilotChoice.tsx';
import { AutopilotPanel } from './AutopilotPanel.tsx';
import { Blocked } from './Blocked.tsx';
import { CircumstanceFields } from './CircumstanceFields.tsx';
import classes from './capture.module.css';
import { captureMessages as words } from './messages.ts';
import { PagePlace } from './PagePlace.tsx';
import { PurgedNote } from './PurgedNote.tsx';
import { Refused } from './Refused.tsx';
import { TrailPanel } from './TrailPanel.tsx';
import { useView, type View } from './useView.ts';
import { Verdict } from './Verdict.tsx';

/** The capture view: the page itself lies over the lower part of this screen, drawn by main. */
export function CaptureViewScreen() {
  const view = useView();
  return (
    <Stack gap="sm" className={classes.screen ?? ''}>
      {view.state !== null && view.state.url !== '' ? (
        <VisuallyHidden component="h2">{words.heading}</VisuallyHidden>
      ) : (
        <Title order={2}>{words.heading}</Title>
      )}
      {view.state === null ? (
        view.failure === null ? (
          <Skeleton height={200} />
        ) : (
          <FailureAlert error={view.failure} />
        )
      ) : (
        <OpenView view={view} state={view.state} />
      )}
    </Stack>
  );
}

function OpenView({ view, state }: { view: View; state: ViewState }) {
  const { capturing, autopilot, setAutopilot } = useDesk();
  const [access, setAccess] = useState<Access>('public');
  const field = useRef<HTMLInputElement>(null);
  const capture = () => capturing.start({ access, ...(autopilot.on ? { autopilot: autopilot.limits } : {}) });
  const begin = () => {
    if (state.url !== '' && !state.capturing) capture();
  };
  useOrders(field, begin);
  useKey('F9', () => {
    if (state.open && state.url !== '') view.purge();
  });
  useKey('Escape', () => {
    // The first one ends the scrolling, and what passed is sealed; the next one ends the capture.
    const scrolls = state.autopilot !== null && state.autopilot.phase !== 'ending';
    if (scrolls) view.act('stop');
    else if (capturing.now.state === 'running') capturing.cancel();
    else if (state.loading) view.act('stop');
  });
  const { now } = capturing;
  return (
    <div className={classes.column}>
      <CircumstanceFields
        value={{ persona: state.persona?.id ?? null, access, lookOnly: state.lookOnly }}
        onChange={(change) => {
          if (change.persona !== undefined) view.wear(change.persona);
          if (change.access !== undefined) setAccess(change.access);
          if (change.lookOnly !== undefined) view.lookOnly(change.lookOnly);
        }}
        disabled={state.capturing}
        besidePage={state.url !== ''}
        changing={view.changing}
      />
      <AddressBar view={view} state={state} field={field} onCapture={begin} />
      {!state.capturing && (
        <AutopilotChoice choice={autopilot} besidePage={state.url !== ''} onChange={setAutopilot} />
      )}
      <StateLine state={state} />
      <PurgedNote />
      {view.failure !== null && <FailureAlert error={view.failure} onClose={view.forgetFailure} />}
      {now.state === 'running' && (
        <ProgressPanel
          title={words.capturing}
          progress={now.progress}
          cancelling={now.cancelling}
          onCancel={capturing.cancel}
          help={words.capturingHelp}
        />
      )}
      {state.autopilot !== null && (
        <AutopilotPanel state={state.autopilot} posts={autopilot.limits.posts} onAct={view.act} />
      )}
      {now.state === 'failed' && <FailureAlert error={now.failure} onClose={capturing.reset} />}
      {now.state === 'done' && (
        <Verdict result={now.value} canCapture={state.url !== ''} onAgain={begin} onClose={capturing.reset} />
      )}
      {state.persona !== null && (
        <TrailPanel
          persona={state.persona.id}
          onCapture={state.capturing ? null : (url) => view.go(url, capture)}
        />
      )}
      <DoorPanel access={access} besidePage={state.url !== ''} />
      <Blocked blocked={state.blocked} />
      <Refused refused={state.refused} onOpen={state.capturing ? null : view.go} />
      <PagePlace view={view} state={state} />
    </div>
  );
}

/** A key that counts wherever the keyboard is on this screen; a menu or a field that closes by it keeps it. */
function useKey(key: 'Escape' | 'F9', act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === key && !event.defaultPrevented) latest.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [key]);
}

/** Keys of the menu, and those that were pressed in the page, come back from main. */
function useOrders(field: RefObject<HTMLInputElement | null>, begin: () => void): void {
  const latest = useRef(begin);
  useEffect(() => {
    latest.current = begin;
  });
  useEffect(() => {
    field.current?.focus();
    return window.holdfast.onViewOrder(({ order }) => {
      if (order === 'address') field.current?.focus();
      else latest.current();
    });
  }, [field]);
}

const connectionIcons = {
  none: null,
  plain: IconLockOpen,
  encrypted: IconLock,
  exception: IconAlertTriangle,
};

/** How safe the way to the server is, and the keys; in words, because colours and locks are misread. */
function StateLine({ state }: { state: ViewState }) {
  const Icon = connectionIcons[state.connection];
  return (
    <Group justify="space-between" gap="xs" wrap="wrap">
      <Group gap="xs" role="status" wrap="nowrap" miw={0}>
        {state.loading && <Loader size="xs" aria-hidden />}
        {state.loading && <Text size="sm">{words.loading}</Text>}
        {Icon !== null && <Icon size={16} aria-hidden className={classes.fixed} />}
        <Text size="sm">{words.connection[state.connection]}</Text>
      </Group>
      <Text size="xs" c="dimmed">
        <bdi>{words.keys}</bdi>
      </Text>
    </Group>
  );
}
