import { Stack, Text, Title } from '@mantine/core';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import { ArchiveFacts } from './ArchiveFacts.tsx';
import { EventGrid } from './EventGrid.tsx';
import { LogCheck } from './LogCheck.tsx';
import { LogHead } from './LogHead.tsx';
import { custodyMessages as words } from './messages.ts';

/** Who did what and when, and what this archive is. */
export function CustodyScreen({ archive }: { archive: ArchiveStatus }) {
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{words.heading}</Title>
        <Text mt="xs">{words.intro}</Text>
      </div>
      <EventGrid />
      <LogHead />
      <LogCheck />
      <ArchiveFacts archive={archive} />
    </Stack>
  );
}
