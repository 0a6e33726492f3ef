import { Alert, Button, Group } from '@mantine/core';
import { useLocation } from 'wouter';
import { tagMessages as words } from './messages.ts';
import { useShown } from './tagging.tsx';

/** Refused tags of other posts than the one that is shown, so that what was typed there is not forgotten. */
export function RefusedElsewhere() {
  // A post is shown by itself, from the review, or from the result of a sample.
  const [location] = useLocation();
  const forms = useShown(({ forms }) => forms);
  const whose = useShown(({ whose }) => whose);
  return [...forms].map(([postId, { failure }]) =>
    failure === null || location.endsWith(`/post/${postId}`) ? null : (
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
