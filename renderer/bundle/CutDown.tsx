import { List, Stack, Text, Title } from '@mantine/core';
import type { LeavingPreview } from '../../contract/model/leaving.ts';
import { roundedBytes } from '../shared/sizes.ts';
import { leavingMessages as words } from './leavingMessages.ts';

/** Recordings of which only what the exhibits need would leave. */
export function CutDown({ preview: { cut, listed } }: { preview: LeavingPreview }) {
  if (cut.length === 0) return null;
  const nameOf = (id: string) => listed.find(({ captureId }) => captureId === id)?.name ?? id;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {words.cutTitle}
      </Title>
      <Text size="sm" c="dimmed">
        {words.cutHelp}
      </Text>
      <List size="sm">
        {cut.map(({ captureId, records, of, size }) => (
          <List.Item key={captureId}>
            <bdi>{nameOf(captureId)}</bdi>: {words.cut(records, of)}, {roundedBytes(size)}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
