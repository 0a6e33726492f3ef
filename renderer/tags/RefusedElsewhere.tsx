import { Alert, Button, Group } from '@mantine/core';
import { useRoute } from 'wouter';
import { tagMessages as words } from './messages.ts';
import { useShown } from './tagging.tsx';

/** Refused tags of other posts than the one that is shown, so that what was typed there is not forgotten. */
export function RefusedElsewhere() {
  const [, shown] = useRoute('/post/:postId');
  const forms = useShown(({ forms }) => forms);
  const whose = useShown(({ whose }) => whose);
  return [...forms].map(([postId, { failure }]) =>
    failure === null || postId === shown?.postId ? null : (
      <Alert key={postId} color="red" title={words.notSaved(whose.get(postId) ?? '')}>
        {failure.message}
        <Group mt="xs">
          <Button component="a" href={`#/post/${postId}`} size="xs" variant="default">
            {words.goThere}
          </Button>
        </Group>
      </Alert>
    ),
  );
}
