import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useDesk } from '../bridge/desk.tsx';
import { AddToCase } from '../cases/AddToCase.tsx';
import { BulkTag } from '../tags/BulkTag.tsx';
import { tagMessages } from '../tags/messages.ts';
import { libraryMessages as words } from './messages.ts';

/** What is picked, and what to do with it; nothing while nothing is. */
export function PickedBar() {
  const { picked, pickedPosts, clearPicked } = useDesk();
  const [tagging, setTagging] = useState(false);
  const ofPosts = new Set(pickedPosts.values());
  const exhibits = [...pickedPosts.keys(), ...[...picked].filter((capture) => !ofPosts.has(capture))];
  if (picked.size === 0) return null;
  return (
    <Group gap="xs">
      <Text size="sm" role="status">
        {words.picked(pickedPosts.size, picked.size)}
      </Text>
      {pickedPosts.size > 0 && (
        <Button size="xs" onClick={() => setTagging(true)}>
          {tagMessages.bulk.open(pickedPosts.size)}
        </Button>
      )}
      <AddToCase ids={exhibits} size="xs" />
      <Button component={Link} href="/bundle" size="xs">
        {words.bundlePicked}
      </Button>
      <Button size="xs" variant="default" onClick={clearPicked}>
        {words.unpick}
      </Button>
      {tagging && (
        <BulkTag
          postIds={[...pickedPosts.keys()]}
          onClose={(isDone) => {
            setTagging(false);
            if (isDone) clearPicked();
          }}
        />
      )}
    </Group>
  );
}
