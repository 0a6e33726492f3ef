import { Badge, Group, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ClauseChange, PolicyVersion } from '../../contract/model/policy.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { policyMessages as messages } from './messages.ts';
import classes from './policies.module.css';
import { useDiff } from './queries.ts';
import { readable } from './readable.ts';
import { seenInWords } from './seen.ts';
import { WordChanges } from './WordChanges.tsx';

const words = messages.changes;

/** Two versions beside each other, by clause and by word. */
export function ChangesView({ versions }: { versions: readonly PolicyVersion[] }) {
  const [before, setBefore] = useState(versions.at(-2)?.id ?? '');
  const [after, setAfter] = useState(versions.at(-1)?.id ?? '');
  const [way, setWay] = useState('inline');
  if (versions.length < 2) return <Text>{words.one}</Text>;
  const choices = versions.map(({ id, seen }) => ({ value: id, label: seenInWords(seen) }));
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <NativeSelect
          label={words.before}
          value={before}
          data={choices}
          onChange={(event) => setBefore(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.after}
          value={after}
          data={choices}
          onChange={(event) => setAfter(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={words.way}
          value={way}
          onChange={setWay}
          data={[
            { value: 'inline', label: words.inline },
            { value: 'sides', label: words.sides },
          ]}
        />
      </Group>
      <Changes before={before} after={after} sides={way === 'sides'} />
    </Stack>
  );
}

function Changes({ before, after, sides }: { before: string; after: string; sides: boolean }) {
  const diff = useDiff(before, after);
  if (diff.isError) return <FailureAlert error={diff.error} />;
  if (diff.data === undefined) return null;
  const { added, removed, reworded, moved, same } = diff.data.counts;
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {words.counts(added, removed, reworded, moved, same)}
      </Text>
      {diff.data.changes.length === 0 && <Text>{words.none}</Text>}
      <ol className={classes.clauses}>
        {diff.data.changes.map((change) => (
          <Change key={change.key} change={change} sides={sides} />
        ))}
      </ol>
    </>
  );
}

/** As word changes, so that what came or went as a whole looks like what came or went within a clause. */
function wordsOf({ change, before, after, words: changes }: ClauseChange) {
  if (change === 'added') return [{ op: 'added' as const, text: after ?? '' }];
  if (change === 'removed') return [{ op: 'removed' as const, text: before ?? '' }];
  return changes;
}

function Change({ change, sides }: { change: ClauseChange; sides: boolean }) {
  const changes = wordsOf(change);
  return (
    <li className={classes.clause}>
      <Stack gap={6}>
        <Group gap="xs">
          <Badge variant="default" tt="none">
            {words.change[change.change]}
          </Badge>
          <Text size="sm" fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {change.title}
          </Text>
        </Group>
        {change.change === 'moved' ? (
          <>
            <Text size="xs" c="dimmed">
              {words.movedText}
            </Text>
            <Text size="sm" dir="auto" lineClamp={3} className={classes.text ?? ''}>
              {readable(change.after ?? '')}
            </Text>
          </>
        ) : sides ? (
          <div className={classes.sides}>
            <WordChanges words={changes} side="before" />
            <WordChanges words={changes} side="after" />
          </div>
        ) : (
          <WordChanges words={changes} side={null} />
        )}
        <Text size="xs" c="dimmed" className={classes.key ?? ''}>
          <bdi dir="ltr">{change.key}</bdi>
        </Text>
      </Stack>
    </li>
  );
}
