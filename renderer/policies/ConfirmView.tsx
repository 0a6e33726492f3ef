import { Button, Loader, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Policy, PolicyVersion } from '../../contract/model/policy.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ConfirmCard } from './ConfirmCard.tsx';
import { policyMessages } from './messages.ts';
import { needsConfirming } from './needsConfirming.ts';
import classes from './policies.module.css';
import { useDiff, useVersionClauses } from './queries.ts';
import { seenInWords } from './seen.ts';

const words = policyMessages.confirm;
const page = 20;

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
      <Waiting
        key={shown.id}
        policy={policy}
        version={shown}
        before={versions[versions.indexOf(shown) - 1]}
      />
    </Stack>
  );
}

interface WaitingProps {
  policy: Policy;
  version: PolicyVersion;
  /** The version before; undefined: there is none. */
  before: PolicyVersion | undefined;
}

function Waiting({ policy, version, before }: WaitingProps) {
  const parts = useVersionClauses(version.id);
  const diff = useDiff(before?.id ?? version.id, version.id);
  const [most, setMost] = useState(page);
  const error = parts.error ?? diff.error;
  if (error !== null) return <FailureAlert error={error} />;
  if (parts.data === undefined || diff.data === undefined)
    return <Loader size="sm" aria-label={words.version} />;
  const waiting = parts.data.filter(needsConfirming);
  const changes = new Map(diff.data.changes.map((change) => [change.key, change]));
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {words.count(waiting.length)}
      </Text>
      <ol className={classes.clauses}>
        {waiting.slice(0, most).map((clause) => (
          <ConfirmCard
            key={clause.key}
            policy={policy}
            version={version}
            clause={clause}
            change={changes.get(clause.key)}
          />
        ))}
      </ol>
      {waiting.length > most && (
        <Button variant="default" onClick={() => setMost(most + page)}>
          {policyMessages.on.more(Math.min(page, waiting.length - most))}
        </Button>
      )}
    </>
  );
}
