import { Button, Group, Stack, Switch, Table, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Artifact } from '../../contract/model/capture.ts';
import type { Redaction, RedactionDraft } from '../../contract/model/redaction.ts';
import { useCapture } from '../bridge/queries.ts';
import { postMessages } from '../post/messages.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { inBytes } from '../shared/sizes.ts';
import { CoverDialog } from './CoverDialog.tsx';
import { coverMessages as words } from './coverMessages.ts';

interface Props {
  captureId: string;
  /** Of this capture, those that hold. */
  redactions: readonly Redaction[];
  busy: boolean;
  error: Error | null;
  /** `done`: when it is recorded. What failed stands in `error`. */
  onAdd(draft: RedactionDraft, done?: () => void): void;
  onLift(redactionId: string): void;
}

const shownAtFirst = 20;

/** The files of a capture: which stay behind, and pictures of which parts are covered. */
export function WithheldFiles({ captureId, redactions, busy, error, onAdd, onLift }: Props) {
  const capture = useCapture(captureId === '' ? undefined : captureId);
  const [because, setBecause] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [all, setAll] = useState(false);
  const [covering, setCovering] = useState<Artifact | null>(null);
  const reason = useRef<HTMLInputElement>(null);
  // What was asked for one capture is not asked for the next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the capture changes
  useEffect(() => setAll(false), [captureId]);
  const artifacts = capture.data?.artifacts ?? [];
  const shown = all ? artifacts : artifacts.slice(0, shownAtFirst);

  const toggle = (artifact: Artifact, made: Redaction | undefined): void => {
    // Not disabled meanwhile: that would take the keyboard away.
    if (busy) return;
    if (made !== undefined) {
      onLift(made.id);
      return;
    }
    if (because.trim() === '') {
      setAsked(true);
      reason.current?.focus();
      return;
    }
    const { sha256, role } = artifact;
    onAdd({ captureId, hides: { what: 'artifact', sha256, role }, because: because.trim() });
  };
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {words.filesTitle}
      </Title>
      <Text size="sm" c="dimmed">
        {words.filesHelp}
      </Text>
      {capture.isError && <FailureAlert error={capture.error} />}
      <TextInput
        ref={reason}
        label={words.filesBecause}
        dir="auto"
        value={because}
        error={isAsked && because.trim() === '' ? words.sayWhy : null}
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table withTableBorder verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.file}</Table.Th>
              <Table.Th>{words.staysBehind}</Table.Th>
              <Table.Th>{words.parts}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((artifact, at) => (
              <FileRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the same bytes may stand twice in a capture
                key={at}
                artifact={artifact}
                redactions={redactions}
                onToggle={toggle}
                onCover={setCovering}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {artifacts.length > shown.length && (
        <Group>
          <Button variant="default" size="xs" onClick={() => setAll(true)}>
            {words.showAll(artifacts.length)}
          </Button>
        </Group>
      )}
      {covering !== null && (
        <CoverDialog
          picture={covering}
          covered={regionsOf(covering, redactions)}
          error={error}
          busy={busy}
          onClose={() => setCovering(null)}
          onCover={(regions, why) => {
            const { sha256, role } = covering;
            const draft = {
              captureId,
              hides: { what: 'regions' as const, sha256, role, regions },
              because: why,
            };
            // What failed is told in the dialog, which stays.
            onAdd(draft, () => setCovering(null));
          }}
        />
      )}
    </Stack>
  );
}

interface RowProps {
  artifact: Artifact;
  redactions: readonly Redaction[];
  onToggle(artifact: Artifact, made: Redaction | undefined): void;
  onCover(artifact: Artifact): void;
}

function FileRow({ artifact, redactions, onToggle, onCover }: RowProps) {
  const { role, name, mediaType, size, sha256 } = artifact;
  const made = redactions.find(
    ({ hides }) => hides.what === 'artifact' && hides.sha256 === sha256 && hides.role === role,
  );
  const covered = regionsOf(artifact, redactions).length;
  const called = `${postMessages.roles[role]}, ${name ?? sha256.slice(0, 12)}`;
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {postMessages.roles[role]}
        {name !== null && (
          <>
            {' '}
            <bdi>{name}</bdi>
          </>
        )}
        <Text size="xs" c="dimmed">
          <bdi dir="ltr">{mediaType}</bdi>, {inBytes(size)}, <bdi dir="ltr">{sha256.slice(0, 12)}…</bdi>
        </Text>
      </Table.Td>
      <Table.Td>
        <Switch
          aria-label={words.staysBehindOf(called)}
          checked={made !== undefined}
          onChange={() => onToggle(artifact, made)}
        />
      </Table.Td>
      <Table.Td>
        {mediaType === 'image/png' ? (
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              aria-label={words.coverPartsOf(called)}
              onClick={() => onCover(artifact)}
            >
              {words.coverParts}
            </Button>
            {covered > 0 && <Text size="sm">{words.partsCovered(covered)}</Text>}
          </Group>
        ) : (
          mediaType.startsWith('image/') && (
            <Text size="xs" c="dimmed">
              {words.onlyPng}
            </Text>
          )
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function regionsOf({ sha256 }: Artifact, redactions: readonly Redaction[]) {
  return redactions.flatMap(({ hides }) =>
    hides.what === 'regions' && hides.sha256 === sha256 ? hides.regions : [],
  );
}
