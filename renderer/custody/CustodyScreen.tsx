import { Stack } from '@mantine/core';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { ArchiveFacts } from './ArchiveFacts.tsx';
import { EventGrid } from './EventGrid.tsx';
import { LogCheck } from './LogCheck.tsx';
import { LogHead } from './LogHead.tsx';
import { custodyMessages as words } from './messages.ts';

/** Who did what and when, and what this archive is. */
export function CustodyScreen({ archive }: { archive: ArchiveStatus }) {
  return (
    <Stack gap="md">
      <ScreenHead title={words.heading} intro={words.intro} />
      <EventGrid />
      <LogHead />
      <LogCheck />
      <ArchiveFacts archive={archive} />
    </Stack>
  );
}
