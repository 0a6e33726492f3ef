import { Loader, Stack, Text, Timeline } from '@mantine/core';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ClauseLinks } from './ClauseLinks.tsx';
import { policyMessages as words } from './messages.ts';
import classes from './policies.module.css';
import { useHistory } from './queries.ts';
import { readable } from './readable.ts';
import { StatementText } from './StatementText.tsx';
import { seenInWords } from './seen.ts';
import { WordChanges } from './WordChanges.tsx';

/** When a clause came, changed and went. */
export function HistoryView({ clauseKey }: { clauseKey: string }) {
  const history = useHistory(clauseKey);
  if (history.isError) return <FailureAlert error={history.error} />;
  if (history.data === undefined) return <Loader size="sm" aria-label={words.history} />;
  return (
    <Stack gap="sm" mt="xs">
      <Timeline bulletSize={14} lineWidth={2} active={history.data.entries.length}>
        {history.data.entries.map(({ version, seen, what, text, words: changes }) => (
          <Timeline.Item key={version} title={`${words.what[what]}, ${seenInWords(seen)}`}>
            {changes.length > 0 ? (
              <WordChanges words={changes} side={null} />
            ) : (
              text !== null && (
                <Text size="sm" dir="auto" className={classes.text ?? ''}>
                  {readable(text)}
                </Text>
              )
            )}
          </Timeline.Item>
        ))}
      </Timeline>
      {history.data.statements.map((statement) => (
        <StatementText key={statement.id} statement={statement} />
      ))}
      <ClauseLinks clauseKey={clauseKey} links={history.data.links} />
    </Stack>
  );
}
