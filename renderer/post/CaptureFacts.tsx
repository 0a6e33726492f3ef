import { Alert, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { autopilotWords } from '../../contract/autopilot-words.ts';
import type { Capture, CaptureOrigin, RecordingFacts } from '../../contract/model/capture.ts';
import { CaptureVerdictBadge } from '../capture/CaptureVerdictBadge.tsx';
import { captureMessages } from '../capture/messages.ts';
import { ReasonList } from '../capture/ReasonList.tsx';
import { actorWords } from '../shared/actorWords.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { type Fact, Facts } from '../shared/Facts.tsx';
import { inDigits } from '../shared/sizes.ts';
import { InstantText } from '../time/TimeText.tsx';
import { TimeBasisFacts } from '../timestamps/TimeBasisFacts.tsx';
import { postMessages as words } from './messages.ts';

/** How the bytes came here, and what was odd about them. */
export function CaptureFacts({ capture }: { capture: Capture }) {
  return (
    <Stack gap="sm">
      <Facts
        caption={words.captureFacts}
        facts={[
          ...(capture.recording === null ? importFacts(capture) : recordingFacts(capture, capture.recording)),
          { label: words.capture.posts, value: inDigits(capture.postCount) },
          { label: words.capture.id, value: <CopyText text={capture.id} what={words.captureId} /> },
        ]}
      />
      <TimeBasisFacts captureId={capture.id} />
      {capture.warnings.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={words.warningsTitle}>
          <List size="sm">
            {capture.warnings.map((warning, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same warning may stand twice
              <List.Item key={at}>
                {warning.message} <Code>{warning.code}</Code>
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}

/** How complete a capture made here is, and why not; nothing for an imported file. */
export function VerdictNote({ capture }: { capture: Capture }) {
  if (capture.verdict === null) return null;
  return (
    <section aria-label={captureMessages.verdict}>
      <Stack gap="xs">
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {captureMessages.verdict}
          </Text>
          <CaptureVerdictBadge verdict={capture.verdict} />
        </Group>
        <ReasonList reasons={capture.reasons} />
      </Stack>
    </section>
  );
}

function importFacts(capture: Capture): (Fact | null)[] {
  const records = Object.entries(capture.records);
  return [
    {
      label: words.capture.method,
      value: capture.origin === null ? words.capture.byOthers : words.capture.inBundle,
    },
    ...(capture.origin === null ? [] : originFacts(capture.origin)),
    { label: words.capture.received, value: <InstantText instant={capture.receivedAt} /> },
    { label: words.capture.by, value: <bdi>{actorWords(capture.actor)}</bdi> },
    { label: words.capture.source, value: <bdi>{capture.sourceName}</bdi> },
    {
      label: words.capture.format,
      value: capture.format === 'partial' ? words.inPart.capture : capture.format,
    },
    { label: words.capture.url, value: address(capture.url) },
    {
      label: words.capture.savedAt,
      value: capture.savedAt === null ? null : <bdi dir="ltr">{capture.savedAt}</bdi>,
    },
    capture.exchangeCount === 0
      ? null
      : { label: words.capture.exchanges, value: inDigits(capture.exchangeCount) },
    records.length === 0
      ? null
      : {
          label: words.capture.records,
          value: records.map(([type, count]) => `${inDigits(count)} ${type}`).join(', '),
        },
  ];
}

/** Where it stood before: what its signer says. */
function originFacts({ archive, bundle, capture, sealedAt, signer, verdict }: CaptureOrigin): Fact[] {
  return [
    {
      label: words.capture.signer,
      value: (
        <>
          <bdi>{signer.name}</bdi>
          <div>{verdict === 'trusted' ? words.capture.signerTrusted : words.capture.signerNotChecked}</div>
        </>
      ),
    },
    { label: words.capture.sealedAt, value: <InstantText instant={sealedAt} /> },
    { label: words.capture.origin, value: <CopyText text={archive} what={words.capture.originWhat} /> },
    { label: words.capture.bundle, value: <CopyText text={bundle} what={words.capture.bundleWhat} /> },
    {
      label: words.capture.originCapture,
      value: <CopyText text={capture} what={words.capture.originCaptureWhat} />,
    },
  ];
}

function recordingFacts(capture: Capture, recording: RecordingFacts): (Fact | null)[] {
  const { finishedAt, monotonicMilliseconds, serverClock, withheld, autopilot } = recording;
  const lasted = monotonicMilliseconds === null ? null : (monotonicMilliseconds / 1000).toFixed(1);
  return [
    { label: words.capture.method, value: words.capture.here },
    { label: words.capture.capturedBy, value: <bdi>{actorWords(capture.actor)}</bdi> },
    { label: words.capture.started, value: <InstantText instant={recording.startedAt} /> },
    {
      label: words.capture.finished,
      value:
        finishedAt === null ? (
          words.capture.interrupted
        ) : (
          <>
            <InstantText instant={finishedAt} />
            {lasted !== null && <div>{words.capture.lasted(lasted)}</div>}
          </>
        ),
    },
    { label: words.capture.requested, value: address(recording.requestedUrl) },
    { label: words.capture.reached, value: address(recording.finalUrl) ?? words.capture.nowhere },
    recording.documentUrl === undefined
      ? null
      : { label: words.capture.ofDocument, value: address(recording.documentUrl) },
    { label: words.capture.title, value: recording.title === null ? null : <bdi>{recording.title}</bdi> },
    capture.persona === null
      ? null
      : { label: words.capture.persona, value: <bdi>{capture.persona.name}</bdi> },
    recording.access === undefined
      ? null
      : { label: words.capture.access, value: captureMessages.accesses[recording.access] },
    recording.blocked === undefined || recording.blocked.length === 0
      ? null
      : {
          label: words.capture.blocked,
          value: recording.blocked
            .map(
              ({ action, platform, times }) => `${times} × ${captureMessages.actions[action]} (${platform})`,
            )
            .join(', '),
        },
    { label: words.capture.engine, value: `${recording.engine.name}, ${recording.engine.version}` },
    { label: words.capture.userAgent, value: <bdi dir="ltr">{recording.engine.userAgent}</bdi> },
    { label: words.capture.exchanges, value: inDigits(capture.exchangeCount) },
    serverClock.length === 0
      ? null
      : {
          label: words.capture.serverClock,
          value: serverClock
            .map(({ host, seconds }) => words.capture.ahead(host, signed(seconds)))
            .join(', '),
        },
    autopilot === undefined ? null : { label: words.capture.autopilot, value: autopilotWords(autopilot) },
    withheld.length === 0
      ? null
      : { label: words.capture.withheld, value: words.capture.withheldHelp(withheld.length) },
  ];
}

function address(url: string | null): ReactNode {
  return url === null ? null : <CopyText text={url} what={words.address} />;
}

function signed(seconds: number): string {
  return new Intl.NumberFormat('en-GB', { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(
    seconds,
  );
}
