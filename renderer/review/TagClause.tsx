import { Badge, Group, Stack, Text } from '@mantine/core';
import type { CitedClause, Considered, Tag } from '../../contract/model/tag.ts';
import { policyMessages } from '../policies/messages.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { ClauseWords } from '../tags/ClauseWords.tsx';
import { reviewMessages as words } from './messages.ts';
import classes from './review.module.css';

/** The clause that a tag cites, with its words where the library has them, else with the address of the platform's page. */
export function TagClause({ clause }: { clause: CitedClause }) {
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Text fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {clause.title}
        </Text>
        {clause.role !== null && (
          <Badge variant="default" tt="none">
            {policyMessages.role[clause.role]}
          </Badge>
        )}
      </Group>
      <ClauseWords clause={clause} label={clause.text === null ? words.summary : words.clauseText} />
      {clause.url !== null && <CopyText text={clause.url} what={words.address} />}
    </Stack>
  );
}

const answerColours: Record<Considered['answer'], string> = {
  applies: 'orange',
  'does-not-apply': 'gray',
  unclear: 'yellow',
  'not-considered': 'orange',
};

/** Exceptions to the clause, each with its answer; what nobody answered says so. */
export function TagExceptions({ considered }: { considered: Tag['considered'] }) {
  return (
    <ul className={classes.plain}>
      {considered.map(({ key, title, answer, because }) => (
        <li key={key}>
          <Group gap="xs">
            <Text size="sm" dir="auto">
              {title}
            </Text>
            <Badge variant="light" color={answerColours[answer]} tt="none">
              {words.answer[answer]}
            </Badge>
          </Group>
          {because !== null && (
            <Text size="sm" c="dimmed" dir="auto">
              {because}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
