import { Badge, List, Stack, Text, Title } from '@mantine/core';
import type { BundleTimestamp } from '../../contract/model/bundle.ts';
import { InstantText } from '../time/TimeText.tsx';
import { verifyMessages as words } from './messages.ts';

/** What authorities say of the time; one that nobody named is shown, and not to be relied on. */
export function TimestampList({ timestamps }: { timestamps: readonly BundleTimestamp[] }) {
  return (
    <section aria-label={words.timestamps}>
      <Stack gap="xs">
        <Title order={3} size="h4">
          {words.timestamps}
        </Title>
        {timestamps.length === 0 && <Text c="dimmed">{words.noTimestamps}</Text>}
        <List listStyleType="none" spacing="sm">
          {timestamps.map((stamp) => (
            <List.Item key={stamp.path} style={{ overflowWrap: 'anywhere' }}>
              <Text size="sm">
                {stamp.over === 'signature'
                  ? words.overSignature
                  : words.overCheckpoint(String(stamp.over.checkpoint))}{' '}
                <strong>
                  <InstantText instant={stamp.time} />
                </strong>
              </Text>
              <Text size="sm" c="dimmed" component="div">
                {words.says} <bdi>{stamp.authority}</bdi>{' '}
                <Badge
                  variant="outline"
                  tt="none"
                  color={stamp.trusted ? 'green' : 'yellow'}
                  c="var(--mantine-color-text)"
                >
                  {stamp.trusted ? words.authorityNamed : words.authorityNotNamed}
                </Badge>
              </Text>
            </List.Item>
          ))}
        </List>
      </Stack>
    </section>
  );
}
