import { Button, Group, Text } from '@mantine/core';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { tagMessages as words } from './messages.ts';
import { useShown, useTagging } from './tagging.tsx';

/** Tags of a post that are on their way to the archive, and those that it refused while another was being written. */
export function WaitingTags({ postId }: { postId: string }) {
  const tagging = useTagging();
  const sending = useShown((shown) => shown.sending);
  return sending
    .filter((one) => one.postId === postId)
    .map(({ id, form, failure }) =>
      failure === null ? (
        <Text key={id} size="sm" c="dimmed">
          {words.saving(form.clause?.title ?? words.findings[form.finding])}
        </Text>
      ) : (
        <FailureAlert key={id} error={failure}>
          <Text size="sm" dir="auto">
            {form.because}
          </Text>
          <Group>
            <Button size="xs" variant="default" onClick={() => tagging.takeUp(id)}>
              {words.takeUp}
            </Button>
          </Group>
        </FailureAlert>
      ),
    );
}
