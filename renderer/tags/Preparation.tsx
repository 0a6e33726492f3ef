import { Loader, Paper, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { type CitedClause, exceptionAnswerSchema } from '../../contract/model/tag.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ClauseWords } from './ClauseWords.tsx';
import { DatedAnswers } from './DatedAnswers.tsx';
import type { AnswerState } from './form.ts';
import { tagMessages as words } from './messages.ts';
import { usePreparation } from './queries.ts';

interface Props {
  postId: string;
  clauseKey: string;
  answers: Readonly<Record<string, AnswerState>>;
  onAnswer(key: string, answer: AnswerState): void;
}

/** What to know before a tag is saved: the clause at the times of the post, and the exceptions that ask for an answer. */
export function Preparation({ postId, clauseKey, answers, onAnswer }: Props) {
  const prepared = usePreparation(postId, clauseKey);
  if (prepared.isError) return <FailureAlert error={prepared.error} />;
  if (prepared.data === undefined) return <Loader size="sm" aria-label={words.prepared.looking} />;
  const { clause, dates, exceptions } = prepared.data;
  const label = clause.text === null ? words.prepared.wordsOfPack : words.prepared.words;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <ClauseWords clause={clause} label={label} />
        <DatedAnswers dates={dates} />
        {exceptions.length > 0 && (
          <Title order={4} size="h6">
            {words.prepared.exceptions}
          </Title>
        )}
        {exceptions.map((exception) => (
          <ExceptionQuestion
            key={exception.key}
            exception={exception}
            state={answers[exception.key] ?? { answer: 'not-considered', because: '' }}
            onAnswer={(answer) => onAnswer(exception.key, answer)}
          />
        ))}
      </Stack>
    </Paper>
  );
}

function ExceptionQuestion({
  exception,
  state,
  onAnswer,
}: {
  exception: CitedClause;
  state: AnswerState;
  onAnswer(answer: AnswerState): void;
}) {
  const unanswered = state.answer === 'not-considered';
  return (
    <Stack gap={4}>
      <Radio.Group
        label={
          <Text span size="sm" fw={500} lineClamp={3} dir="auto">
            {exception.title}
          </Text>
        }
        value={state.answer}
        onChange={(answer) => onAnswer({ ...state, answer: exceptionAnswerSchema.parse(answer) })}
      >
        <ClauseWords clause={exception} label={exception.title} />
        <Stack gap={4} mt={4}>
          {exceptionAnswerSchema.options.map((answer) => (
            <Radio key={answer} value={answer} label={words.answers[answer]} size="xs" />
          ))}
        </Stack>
      </Radio.Group>
      {unanswered ? (
        <Text size="xs" c="dimmed">
          {words.prepared.unanswered}
        </Text>
      ) : (
        <TextInput
          size="xs"
          label={words.answerWhy}
          aria-label={words.answerBecause(exception.title)}
          value={state.because}
          onChange={(event) => onAnswer({ ...state, because: event.currentTarget.value })}
          maxLength={10_000}
          dir="auto"
        />
      )}
    </Stack>
  );
}
