import { Alert, Button, Group, Text } from '@mantine/core';
import { IconClockCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useTimestamps } from '../bridge/queries.ts';
import { timestampMessages as words } from './messages.ts';

/** A quiet word when captures have waited for a working day. Closed, it stays away until the window is opened again. */
export function StampSuggestion() {
  const [location] = useLocation();
  const list = useTimestamps().data;
  const [closed, setClosed] = useState(false);
  if (closed || list?.suggested !== true || location.startsWith('/timestamps')) return null;
  return (
    <Alert
      color="gray"
      icon={<IconClockCheck aria-hidden />}
      title={words.suggestTitle(list.uncovered.captures)}
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm">{words.suggest}</Text>
        <Group gap="xs">
          <Button size="xs" variant="default" component={Link} href="/timestamps">
            {words.suggestOpen}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setClosed(true)}>
            {words.suggestClose}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}
