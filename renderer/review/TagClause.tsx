import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import type { CitedClause, Considered, DatedAnswer, Tag } from '../../contract/model/tag.ts';
import { policyMessages } from '../policies/messages.ts';
import { readable } from '../policies/readable.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { InstantText } from '../time/TimeText.tsx';
import { reviewMessages as words } from './messages.ts';
import classes from './review.module.css';

/** The clause that a tag cites, with its words where the library has them. */
export function ClauseWords({ clause }: { clause: CitedClause }) {
  const text = clause.text ?? clause.summary;
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Text fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {clause.title}
        </Text>
        <Badge variant="default" tt="none">
          {clause.platform}
        </Badge>
        {clause.role !== null && (
          <Badge variant="default" tt="none">
            {policyMessages.role[clause.role]}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed" dir="auto">
        {clause.policy}
        {clause.kind === 'norm' && `. ${words.norm}`}
      </Text>
      {text !== null && (
        <div>
          <Text size="xs" c="dimmed">
            {clause.text === null ? words.summary : words.clauseText}
          </Text>
          <Text size="sm" dir="auto" className={classes.clauseText ?? ''}>
            {readable(text)}
          </Text>
        </div>
      )}
      {clause.url !== null && <CopyText text={clause.url} what={words.address} />}
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        <bdi dir="ltr">{clause.key}</bdi>
      </Text>
    </Stack>
  );
}

/** Whether it was in force at the three times of the post. */
export function TagDates({ dates }: { dates: readonly DatedAnswer[] }) {
  return (
    <Table.ScrollContainer minWidth={420} type="native">
      <Table aria-label={words.dates} withTableBorder>
        <Table.Tbody>
          {dates.map(({ when, at, inForce, why }) => (
            <Table.Tr key={when}>
              <Table.Th className={classes.when ?? ''}>
                {words.when[when]}
                <Text size="xs" c="dimmed" component="div">
                  {at === null ? words.timeNotKnown : <Time at={at} />}
                </Text>
              </Table.Th>
              <Table.Td>
                <Badge variant="light" color={inForce === 'yes' ? 'green' : 'gray'} tt="none">
                  {policyMessages.inForce[inForce]}
                </Badge>
                <Text size="xs" mt={4} dir="auto">
                  {why}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Time({ at }: { at: string }) {
  return at.includes('T') ? <InstantText instant={at} /> : <bdi dir="ltr">{at}</bdi>;
}

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

const answerColours: Record<Considered['answer'], string> = {
  applies: 'orange',
  'does-not-apply': 'gray',
  unclear: 'yellow',
  'not-considered': 'orange',
};
