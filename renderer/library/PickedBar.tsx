import { Button, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useDesk } from '../bridge/desk.tsx';
import { libraryMessages as words } from './messages.ts';

/** How many captures are picked for a bundle, and what to do with them; nothing while none is. */
export function PickedBar() {
  const { picked, clearPicked } = useDesk();
  if (picked.size === 0) return null;
  return (
    <Group gap="xs">
      <Text size="sm" role="status">
        {words.picked(picked.size)}
      </Text>
      <Button component={Link} href="/bundle" size="xs">
        {words.bundlePicked}
      </Button>
      <Button size="xs" variant="default" onClick={clearPicked}>
        {words.unpick}
      </Button>
    </Group>
  );
}
