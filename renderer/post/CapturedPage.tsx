import { Button, Group, Paper, Stack, Tabs, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Artifact, ArtifactRole, Capture } from '../../contract/model/capture.ts';
import { replayAddress } from './artifactAddress.ts';
import { BlurredPicture } from './BlurredPicture.tsx';
import { CaptureCustody } from './CaptureCustody.tsx';
import { ExchangeGrid } from './ExchangeGrid.tsx';
import { postMessages as words } from './messages.ts';
import classes from './post.module.css';

/** What a capture made here shows of its page, in five ways; of an imported file, only its custody. */
export function CapturedPage({ capture }: { capture: Capture }) {
  if (capture.recording === null) {
    return (
      <Paper withBorder p="md" component="section" aria-label={words.tabs.custody}>
        <Title order={3} size="h4" mb="xs">
          {words.tabs.custody}
        </Title>
        <CaptureCustody captureId={capture.id} />
      </Paper>
    );
  }
  const artifact = (role: ArtifactRole) => capture.artifacts.find((one) => one.role === role);
  const url = capture.recording.finalUrl ?? capture.recording.requestedUrl;
  return (
    <Paper withBorder p="md" component="section" aria-label={words.captured}>
      <Title order={3} size="h4" mb="xs">
        {words.captured}
      </Title>
      <Tabs defaultValue="screenshot" keepMounted={false}>
        <Tabs.List>
          {(['screenshot', 'page', 'text', 'source', 'custody'] as const).map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {words.tabs[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="screenshot" pt="sm">
          <Screenshot parts={capture.artifacts.filter(({ role }) => role === 'screenshot')} url={url} />
        </Tabs.Panel>
        <Tabs.Panel value="page" pt="sm">
          <Replay captureId={capture.id} has={artifact('dom') !== undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="sm">
          <PageText captureId={capture.id} has={artifact('text') !== undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="source" pt="sm">
          <ExchangeGrid captureId={capture.id} />
        </Tabs.Panel>
        <Tabs.Panel value="custody" pt="sm">
          <CaptureCustody captureId={capture.id} />
        </Tabs.Panel>
      </Tabs>
    </Paper>
  );
}

/** A tall page is on several pictures, from top to bottom; then the screens as they passed, where the autopilot went. */
function Screenshot({ parts, url }: { parts: Artifact[]; url: string }) {
  if (parts.length === 0) return <Text c="dimmed">{words.noScreenshot}</Text>;
  const passed = parts.filter(({ name }) => name?.startsWith('screen-'));
  const whole = parts.filter((part) => !passed.includes(part));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a tall picture is scrolled from the keyboard
    <section className={classes.tall} tabIndex={0} aria-label={words.tabs.screenshot}>
      {whole.map(({ sha256, name }) => (
        <BlurredPicture key={name ?? sha256} sha256={sha256} alt={words.screenshotAlt(url)} blur whole />
      ))}
      {passed.length > 0 && <Text size="sm">{words.screensPassed(passed.length)}</Text>}
      {passed.map(({ sha256, name }) => (
        <BlurredPicture key={name} sha256={sha256} alt={words.screenAlt(name ?? '', url)} blur whole />
      ))}
    </section>
  );
}

/** The page is only shown when somebody decides to see it, like every picture. */
function Replay({ captureId, has }: { captureId: string; has: boolean }) {
  const [shown, setShown] = useState(false);
  if (!has) return <Text c="dimmed">{words.noDom}</Text>;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {words.pageHelp}
      </Text>
      <Group>
        <Button variant={shown ? 'default' : 'filled'} size="xs" onClick={() => setShown(!shown)}>
          {shown ? words.hidePage : words.showPage}
        </Button>
      </Group>
      {shown && (
        <iframe
          title={words.pageFrame}
          src={replayAddress(captureId, 'page')}
          sandbox=""
          referrerPolicy="no-referrer"
          className={classes.page}
        />
      )}
    </Stack>
  );
}

function PageText({ captureId, has }: { captureId: string; has: boolean }) {
  if (!has) return <Text c="dimmed">{words.noPageText}</Text>;
  return (
    <iframe
      title={words.textFrame}
      src={replayAddress(captureId, 'text')}
      sandbox=""
      referrerPolicy="no-referrer"
      className={classes.page}
    />
  );
}
