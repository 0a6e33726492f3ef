import { List, Skeleton, Stack, Title } from '@mantine/core';
import { useTimeBasis } from '../bridge/queries.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { timestampMessages as words } from './messages.ts';

/** What the time of a capture rests on, in sentences. */
export function TimeBasisFacts({ captureId }: { captureId: string }) {
  const basis = useTimeBasis(captureId);
  return (
    <section aria-label={words.basis}>
      <Stack gap="xs">
        <Title order={3} size="h5">
          {words.basis}
        </Title>
        {basis.isPending && <Skeleton height={60} />}
        {basis.isError && <FailureAlert error={basis.error} />}
        {basis.data !== undefined && (
          <List size="sm" spacing={4}>
            {basis.data.words.map((sentence) => (
              <List.Item key={sentence} style={{ overflowWrap: 'anywhere' }}>
                <bdi>{sentence}</bdi>
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </section>
  );
}
