import { Loader, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Policy, PolicyVersion } from '../../contract/model/policy.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ConfirmCard } from './ConfirmCard.tsx';
import { policyMessages } from './messages.ts';
import { needsConfirming } from './needsConfirming.ts';
import classes from './policies.module.css';
import { useVersionClauses } from './queries.ts';
import { seenInWords } from './seen.ts';

const words = policyMessages.confirm;

interface Props {
  policy: Policy;
  versions: readonly PolicyVersion[];
}

/** Clauses that were reworded so much that a person should say whether they are the same, a version at a time. */
export function ConfirmView({ policy, versions }: Props) {
  const waiting = versions.filter(({ toConfirm }) => toConfirm > 0);
  const [wanted, setWanted] = useState<string | null>(null);
  const shown = waiting.find(({ id }) => id === wanted) ?? waiting[0];
  if (shown === undefined) return <Text>{words.none}</Text>;
  return (
    <Stack gap="sm">
      <Text>{words.intro}</Text>
      <div>
        <NativeSelect
          label={words.version}
          value={shown.id}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data={waiting.map(({ id, seen, toConfirm }) => ({
            value: id,
            label: words.versionWith(seenInWords(seen), toConfirm),
          }))}
          maw={360}
        />
      </div>
      <Waiting key={shown.id} policy={policy} version={shown} />
    </Stack>
  );
}

function Waiting({ policy, version }: { policy: Policy; version: PolicyVersion }) {
  const parts = useVersionClauses(version.id);
  if (parts.isError) return <FailureAlert error={parts.error} />;
  if (parts.data === undefined) return <Loader size="sm" aria-label={words.version} />;
  const waiting = parts.data.filter(needsConfirming);
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {words.count(waiting.length)}
      </Text>
      <ol className={classes.clauses}>
        {waiting.map((clause) => (
          <ConfirmCard key={clause.key} policy={policy} version={version} clause={clause} />
        ))}
      </ol>
    </>
  );
}
