import { Badge, Group, Text, Tooltip } from '@mantine/core';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import { actorWords } from '../shared/actorWords.ts';
import { shellMessages as words } from './messages.ts';

/** Which archive is open, whether it is encrypted, and as whom. */
export function ArchiveBadge({ archive }: { archive: ArchiveStatus }) {
  const name = archive.path.split(/[\\/]/).at(-1) ?? archive.path;
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <Tooltip
        label={`${archive.path} – ${actorWords(archive.actor)}`}
        multiline
        maw={480}
        style={{ overflowWrap: 'anywhere' }}
      >
        <Text size="sm" truncate dir="auto" miw={0}>
          {name}
        </Text>
      </Tooltip>
      <Badge
        variant="default"
        color={archive.encrypted ? 'gray' : 'orange'}
        style={{ flexShrink: 0 }}
        visibleFrom="xs"
        tt="none"
      >
        {archive.encrypted ? words.encrypted : words.plain}
      </Badge>
    </Group>
  );
}
