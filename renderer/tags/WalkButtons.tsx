import { Button, Group, Kbd, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useDesk } from '../bridge/desk.tsx';
import { tagMessages as words } from './messages.ts';
import { useTagging } from './tagging.tsx';
import { useWalk } from './usePostTagging.ts';

/** Which post of the list this is, and the way to the next; nothing for a post that no list led to. */
export function WalkButtons({ postId }: { postId: string }) {
  const { walk } = useTagging();
  const { libraryView } = useDesk();
  const go = useWalk(postId);
  const [place, setPlace] = useState(() => walk.place(postId));
  useEffect(() => {
    let left = false;
    void walk.look(postId).then(() => {
      if (!left) setPlace(walk.place(postId));
    });
    return () => {
      left = true;
    };
  }, [walk, postId]);
  if (place === null) return null;
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {words.place(place.row, place.total, place.isLowerBound, libraryView.query)}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => go(-1)}
        rightSection={<Kbd size="xs">k</Kbd>}
      >
        {words.previous}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => go(1)} rightSection={<Kbd size="xs">j</Kbd>}>
        {words.next}
      </Button>
    </Group>
  );
}
