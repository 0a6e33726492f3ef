import { Group, Text } from '@mantine/core';
import type { CitedClause } from '../../contract/model/tag.ts';
import { ClauseSort } from './ClauseMarks.tsx';
import { tagMessages as words } from './messages.ts';
import classes from './tags.module.css';

/** The exact words of the version that is cited; of a pack, our summary, said to be ours. */
export function ClauseWords({ clause, label }: { clause: CitedClause; label: string }) {
  const shown = clause.text ?? clause.summary;
  return (
    <>
      <Group gap={6}>
        <ClauseSort kind={clause.kind} isDated={clause.version !== null} />
        <Text size="xs" c="dimmed">
          <bdi>{words.prepared.source(clause.platform, clause.policy)}</bdi>,{' '}
          <bdi dir="ltr">{clause.key}</bdi>
        </Text>
      </Group>
      {shown === null ? (
        <Text size="sm" c="dimmed">
          {words.prepared.noWords}
        </Text>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long words scroll, also from the keyboard
        <section className={classes.words} tabIndex={0} aria-label={label}>
          <Text size="sm" dir="auto">
            {shown}
          </Text>
        </section>
      )}
    </>
  );
}
