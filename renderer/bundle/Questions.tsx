import { Anchor, List, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { Question } from '../../contract/model/leaving.ts';
import { leavingMessages as words } from './leavingMessages.ts';

const stampCodes: ReadonlySet<Question['code']> = new Set(['stamp-missing', 'stamp-late']);

/** Where it can be mended. */
function placeOf({ code, postId, captureId }: Question): string {
  if (stampCodes.has(code)) return '/timestamps';
  return postId === null ? `/capture/${captureId}` : `/post/${postId}`;
}

const shown = 100;

export function Questions({ questions }: { questions: readonly Question[] }) {
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {words.questionsTitle}
      </Title>
      <Text size="sm" c="dimmed">
        {questions.length === 0 ? words.noQuestions : words.questionsHelp}
      </Text>
      <List size="sm" spacing="xs">
        {questions.slice(0, shown).map((question) => (
          <List.Item key={`${question.code} ${question.captureId} ${question.postId}`}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <strong>{words.questions[question.code]}.</strong> <bdi>{question.message}</bdi> {question.fix}{' '}
              <Anchor
                component={Link}
                href={placeOf(question)}
                aria-label={words.openWhat(words.questions[question.code])}
              >
                {words.open}
              </Anchor>
            </Text>
          </List.Item>
        ))}
      </List>
      {questions.length > shown && <Text size="sm">{words.more(questions.length - shown)}</Text>}
    </Stack>
  );
}
