import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconDoor } from '@tabler/icons-react';
import { useState } from 'react';
import type { DoorState } from '../../contract/model/door.ts';
import type { Access } from '../../contract/model/persona.ts';
import { useDesk } from '../bridge/desk.tsx';
import { AutopilotPanel } from '../capture/AutopilotPanel.tsx';
import { Blocked } from '../capture/Blocked.tsx';
import classes from '../capture/capture.module.css';
import { PersonaSign } from '../capture/PersonaSign.tsx';
import { Verdict } from '../capture/Verdict.tsx';
import { PersonaField } from '../personas/PersonaField.tsx';
import { chooseOne } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { doorMessages as words } from './messages.ts';
import { useDoor } from './useDoor.ts';

interface Props {
  /** As chosen for the capture view beside it. */
  access: Access;
  /** The capture view has a page: it needs the room. */
  besidePage: boolean;
}

/** The second door beside the capture view: opens the user's own browser, and captures one of its tabs. */
export function DoorPanel({ access, besidePage }: Props) {
  const door = useDoor();
  const { state } = door;
  if (state === null || (besidePage && !state.open)) return null;
  return (
    <Paper
      withBorder
      component="details"
      p="xs"
      className={besidePage ? classes.refused : undefined}
      open={state.open || undefined}
    >
      <summary className={classes.summary}>{words.name}</summary>
      <Stack gap="sm" mt="xs">
        {state.open ? <Open door={door} state={state} access={access} /> : <Closed door={door} />}
        {door.failure !== null && <FailureAlert error={door.failure} onClose={door.forgetFailure} />}
      </Stack>
    </Paper>
  );
}

function Closed({ door }: { door: ReturnType<typeof useDoor> }) {
  const [folder, setFolder] = useState('');
  const [persona, setPersona] = useState<string | null>(null);
  return (
    <Form onSubmit={() => folder.trim() !== '' && !door.isBusy && door.open(folder.trim(), persona)}>
      <Stack gap="sm" maw={760}>
        <Text size="sm">{words.intro}</Text>
        <Alert color="orange" title={words.warningTitle}>
          <Text size="sm">{words.warning}</Text>
        </Alert>
        <Text size="sm">{words.lookOnly}</Text>
        <PathField
          label={words.folder}
          description={words.folderHelp}
          value={folder}
          onChange={setFolder}
          browse={() => chooseOne('profile')}
          browseLabel={words.choose}
        />
        <PersonaField value={persona} onChange={setPersona} description={words.personaHelp} />
        <Group>
          <Button type="submit" disabled={folder.trim() === ''} loading={door.isBusy}>
            {words.open}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

interface OpenProps extends Omit<Props, 'besidePage'> {
  door: ReturnType<typeof useDoor>;
  state: DoorState;
}

function Open({ door, state, access }: OpenProps) {
  const { capturingTab, autopilot } = useDesk();
  const { now } = capturingTab;
  const capture = (tabId: string) =>
    capturingTab.start({ tabId, access, ...(autopilot.on ? { autopilot: autopilot.limits } : {}) });
  return (
    <>
      {state.persona !== null && (
        <PersonaSign persona={state.persona} trail={state.trail} onTrail={door.trail} />
      )}
      <Group justify="space-between" wrap="wrap">
        <Group gap="xs" wrap="nowrap" miw={0}>
          <IconDoor size={18} aria-hidden className={classes.fixed} />
          <Text size="sm" className={classes.words ?? ''} role="status">
            {words.opened(state.browser ?? '')}: <bdi dir="ltr">{state.profile}</bdi>
          </Text>
        </Group>
        <Button size="xs" variant="default" loading={door.isBusy} onClick={door.close}>
          {words.close}
        </Button>
      </Group>
      <Tabs tabs={state.tabs} isBusy={state.capturing !== null} onCapture={capture} />
      {now.state === 'running' && (
        <ProgressPanel
          title={words.capturing}
          progress={now.progress}
          cancelling={now.cancelling}
          onCancel={capturingTab.cancel}
          help={words.capturingHelp}
        />
      )}
      {state.autopilot !== null && (
        <AutopilotPanel state={state.autopilot} posts={autopilot.limits.posts} onAct={door.act} />
      )}
      <Blocked blocked={state.blocked} />
      {now.state === 'failed' && <FailureAlert error={now.failure} onClose={capturingTab.reset} />}
      {now.state === 'done' && <Verdict result={now.value} onAgain={null} onClose={capturingTab.reset} />}
    </>
  );
}

interface TabsProps {
  tabs: DoorState['tabs'];
  isBusy: boolean;
  onCapture(tabId: string): void;
}

/** Titles and addresses are the pages' own words: shown as text, never as a link. */
function Tabs({ tabs, isBusy, onCapture }: TabsProps) {
  const pages = tabs.filter(({ url }) => /^https?:/i.test(url));
  if (pages.length === 0) return <Text size="sm">{words.noTabs}</Text>;
  return (
    <Stack gap={4} component="ul" className={classes.list ?? ''} aria-label={words.tabs}>
      {pages.map(({ id, title, url }) => (
        <Group key={id} component="li" gap="xs" wrap="nowrap">
          <Text size="sm" className={classes.words ?? ''} flex={1}>
            <bdi>{title === '' ? words.untitled : title}</bdi>
            <Text span size="xs" c="dimmed" display="block">
              <bdi dir="ltr">{url}</bdi>
            </Text>
          </Text>
          <Button
            size="compact-sm"
            className={classes.fixed ?? ''}
            aria-label={words.captureThis(title === '' ? url : title)}
            disabled={isBusy}
            onClick={() => onCapture(id)}
          >
            {words.capture}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
