import { EmptyState, Loader, Stack } from '@mantine/core';
import { IconDice5 } from '@tabler/icons-react';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { CodingCard } from './CodingCard.tsx';
import classes from './coding.module.css';
import { DrawForm } from './DrawForm.tsx';
import { codingMessages as words } from './messages.ts';
import { useCodings } from './queries.ts';

/** Samples that several people judge without seeing each other's judgements. */
export function CodingScreen() {
  const codings = useCodings();
  return (
    <Stack gap="md" maw={900}>
      <ScreenHead title={words.heading} intro={words.intro} note={words.courtesy} />
      <DrawForm />
      {codings.isError && <FailureAlert error={codings.error} />}
      {codings.isPending && <Loader size="sm" aria-label={words.list} />}
      {codings.data?.length === 0 && (
        <EmptyState
          icon={<IconDice5 aria-hidden />}
          title={words.emptyTitle}
          description={words.empty}
          py="xl"
        />
      )}
      {codings.data !== undefined && codings.data.length > 0 && (
        <ul className={classes.list} aria-label={words.list}>
          {codings.data.map((coding) => (
            <CodingCard key={coding.id} coding={coding} />
          ))}
        </ul>
      )}
    </Stack>
  );
}
