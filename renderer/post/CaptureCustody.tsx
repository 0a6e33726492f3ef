import { Skeleton, Table, Text } from '@mantine/core';
import { memo } from 'react';
import type { EventLine } from '../../contract/model/archive.ts';
import { useCaptureEvents } from '../bridge/queries.ts';
import { kindInWords } from '../custody/messages.ts';
import { actorWords } from '../shared/actorWords.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import shared from '../shared/shared.module.css';
import { InstantText } from '../time/TimeText.tsx';
import { CaptureProof } from './CaptureProof.tsx';
import { postMessages as words } from './messages.ts';

/** What was done with one capture, by whom, and the leaf that each act left in the log. */
export function CaptureCustody({ captureId }: { captureId: string }) {
  const events = useCaptureEvents(captureId);
  if (events.isPending) return <Skeleton height={80} />;
  if (events.isError) return <FailureAlert error={events.error} />;
  return (
    <>
      <Table.ScrollContainer minWidth={620} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table captionSide="top">
          <Table.Caption className={shared.caption ?? ''} mt={0} mb={4}>
            {words.custodyEvents}
          </Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.event}</Table.Th>
              <Table.Th>{words.when}</Table.Th>
              <Table.Th>{words.who}</Table.Th>
              <Table.Th>{words.leaf}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {events.data.events.map((event) => (
              <ActRow key={event.id} event={event} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {events.data.total > events.data.events.length && (
        <Text size="sm" c="dimmed">
          {words.custodyMore(events.data.events.length, events.data.total)}
        </Text>
      )}
      <CaptureProof captureId={captureId} />
    </>
  );
}

/** An act never changes: its row is drawn once. */
const ActRow = memo(function ActRow({ event }: { event: EventLine }) {
  return (
    <Table.Tr>
      <Table.Td>{kindInWords(event.kind)}</Table.Td>
      <Table.Td>
        <InstantText instant={event.time} />
      </Table.Td>
      <Table.Td>
        <bdi>{actorWords(event.actor)}</bdi>
      </Table.Td>
      <Table.Td miw={240}>
        <CopyText text={event.leafHash} what={words.leaf} />
      </Table.Td>
    </Table.Tr>
  );
});
