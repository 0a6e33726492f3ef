import { Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import type { Capture } from '../../contract/model/capture.ts';
import type { PostMedia } from '../../contract/model/post.ts';
import { useDesk } from '../bridge/desk.tsx';
import { useCapture } from '../bridge/queries.ts';
import { KeepAsVersion } from '../policies/KeepAsVersion.tsx';
import { ArtifactTable } from '../post/ArtifactTable.tsx';
import { CapturedPage } from '../post/CapturedPage.tsx';
import { CaptureFacts, VerdictNote } from '../post/CaptureFacts.tsx';
import { CaptureInPart } from '../post/InPart.tsx';
import { MediaList } from '../post/MediaList.tsx';
import { KeepingSection } from '../purge/KeepingSection.tsx';
import { BackLink } from '../shared/BackLink.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { capturesMessages as words } from './messages.ts';
import { ReadAgain } from './ReadAgain.tsx';

/** What site readers read posts out of. */
const readFormats: ReadonlySet<Capture['format']> = new Set(['html', 'mhtml', 'warc', 'wacz', 'recording']);

/** Pictures shown on one screen; a recorded site may hold thousands. */
const maxPictures = 24;

/** One capture: how it came here, its byte streams, its pictures. */
export function CaptureScreen({ captureId }: { captureId: string }) {
  const capture = useCapture(captureId);
  return (
    <Stack gap="md">
      <BackLink to="/captures">{words.back}</BackLink>
      {capture.isPending && <Skeleton height={200} />}
      {capture.isError && <FailureAlert error={capture.error} />}
      {capture.data !== undefined && <LoadedCapture capture={capture.data} />}
    </Stack>
  );
}

function LoadedCapture({ capture }: { capture: Capture }) {
  const { picked, togglePicked } = useDesk();
  return (
    <>
      <Group justify="space-between">
        <Title order={2} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{words.one(capture.sourceName)}</bdi>
        </Title>
        <Button variant="default" onClick={() => togglePicked(capture.id)}>
          {picked.has(capture.id) ? words.unpickOne : words.pickOne}
        </Button>
      </Group>
      <VerdictNote capture={capture} />
      <CaptureInPart origin={capture.origin} />
      {capture.artifacts.some(({ role }) => role === 'text') && (
        <KeepAsVersion captureId={capture.id} url={capture.url} />
      )}
      <CapturedPage capture={capture} />
      <CaptureFacts capture={capture} />
      {readFormats.has(capture.format) && <ReadAgain captureId={capture.id} />}
      <MediaList media={picturesOf(capture)} artifacts={capture.artifacts} />
      <ArtifactTable artifacts={capture.artifacts} />
      <KeepingSection captureId={capture.id} />
    </>
  );
}

function picturesOf(capture: Capture): PostMedia[] {
  return capture.artifacts
    .filter(({ role, mediaType }) => role !== 'screenshot' && mediaType.startsWith('image/'))
    .slice(0, maxPictures)
    .map((artifact) => ({
      kind: 'image',
      url: artifact.name ?? artifact.sha256,
      alt: null,
      sha256: artifact.sha256,
    }));
}
