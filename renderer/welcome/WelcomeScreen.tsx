import { Alert, Container, Paper, Stack, Tabs, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useInfo } from '../bridge/queries.ts';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { CreateForm } from './CreateForm.tsx';
import { welcomeMessages as words } from './messages.ts';
import { OpenForm } from './OpenForm.tsx';
import { RestoreForm } from './RestoreForm.tsx';
import type { Opening } from './useOpening.ts';
import type { LastWho } from './WhoWorks.tsx';

/** What this window opened before; kept in memory only. */
export interface LastArchive extends LastWho {
  path: string;
}

interface Props {
  last: LastArchive | null;
  /** Why the archive was locked, where that came by itself. */
  locked: string | null;
  onOpened(by: Opening): void;
}

/** The first screen: open an archive or create one. */
export function WelcomeScreen({ last, locked, onOpened }: Props) {
  const info = useInfo();
  const [tab, setTab] = useState<string | null>('open');
  const [restored, setRestored] = useState<{ path: string; actorName: string } | null>(null);
  const who =
    restored === null
      ? (last ?? { actorName: '', identityPath: null })
      : { actorName: restored.actorName, identityPath: null };
  const path = restored?.path ?? last?.path ?? info.data?.archivePath ?? '';
  return (
    <Container size="sm" w="100%" px={0}>
      <Stack gap="md">
        <ScreenHead title={words.heading} intro={words.intro} />
        {locked !== null && (
          <Alert color="blue" icon={<IconLock aria-hidden />} title={locked} role="status" />
        )}
        <Paper withBorder p="md">
          <Tabs value={tab} onChange={setTab} keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="open">{words.openTab}</Tabs.Tab>
              <Tabs.Tab value="create">{words.createTab}</Tabs.Tab>
              <Tabs.Tab value="restore">{words.restoreTab}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="open">
              {/* The path that the application was started with arrives a moment after the form. */}
              <OpenForm key={path} path={path} last={who} onOpened={onOpened} />
            </Tabs.Panel>
            <Tabs.Panel value="create">
              <CreateForm last={who} onOpened={onOpened} />
            </Tabs.Panel>
            <Tabs.Panel value="restore">
              <RestoreForm
                actorName={last?.actorName ?? ''}
                onOpen={(made, actorName) => {
                  setRestored({ path: made, actorName });
                  setTab('open');
                }}
              />
            </Tabs.Panel>
          </Tabs>
        </Paper>
        <Text size="sm" c="dimmed">
          {words.while}
        </Text>
        <Text size="sm" c="dimmed">
          {words.verifyOnly}
        </Text>
        {info.data !== undefined && (
          <Text size="xs" c="dimmed">
            Holdfast {info.data.version}, Electron {info.data.electron}, Chromium {info.data.chromium}
          </Text>
        )}
      </Stack>
    </Container>
  );
}
