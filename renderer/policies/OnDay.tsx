import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import type { DatedClause } from '../../contract/model/policy.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ClauseItem } from './ClauseItem.tsx';
import { ClauseMarks } from './ClauseMarks.tsx';
import { policyMessages as words } from './messages.ts';
import classes from './policies.module.css';
import { useClausesOn } from './queries.ts';

const page = 100;

function has({ key, title, text, path }: DatedClause, find: string): boolean {
  const all = `${key} ${title} ${path.join(' ')} ${text ?? ''}`.toLowerCase().replace(/\s+/g, ' ');
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** The clauses of a policy as they stood on a day, and why. */
export function OnDay({ policyId, day: first }: { policyId: string; day: string }) {
  const [day, setDay] = useState(first);
  const [find, setFind] = useState('');
  const [all, setAll] = useState(false);
  const [most, setMost] = useState(page);
  const wanted = useDeferredValue(find);
  const clauses = useClausesOn(policyId, day, all);
  const found = (clauses.data ?? []).filter((clause) => has(clause, wanted));
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <TextInput
          type="date"
          label={words.on.day}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <TextInput
          label={words.on.find}
          value={find}
          onChange={(event) => {
            setFind(event.currentTarget.value);
            setMost(page);
          }}
          flex={1}
          miw={200}
        />
        <Checkbox
          label={words.on.all}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
          mb={8}
        />
      </Group>
      {clauses.isError && <FailureAlert error={clauses.error} />}
      <Text size="sm" c="dimmed" role="status">
        {day === '' ? words.on.hint : clauses.data && words.on.count(found.length, clauses.data.length)}
      </Text>
      <ol className={classes.clauses}>
        {found.slice(0, most).map((clause) => (
          <ClauseItem
            key={clause.key}
            clauseKey={clause.key}
            place={[...clause.path, ...(clause.path.at(-1) === clause.title ? [] : [clause.title])]}
            text={clause.text}
            marks={<ClauseMarks role={clause.role} basis={clause.roleBasis} inForce={clause.inForce} />}
            why={clause.why}
            statements={clause.statements}
            links={clause.links}
            noted={{ ...clause, isToConfirm: false }}
          />
        ))}
      </ol>
      {found.length > most && (
        <Button variant="default" onClick={() => setMost(most + page)}>
          {words.on.more(Math.min(page, found.length - most))}
        </Button>
      )}
    </Stack>
  );
}
