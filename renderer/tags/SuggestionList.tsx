import { Badge, Button, Group, Kbd, Paper, Stack, Text, Title } from '@mantine/core';
import type { PostContent } from '../../contract/model/post.ts';
import type { Suggestion } from '../../contract/model/tag.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { tagMessages as words } from './messages.ts';
import { QuotedWords } from './QuoteList.tsx';

interface Props {
  suggestions: readonly Suggestion[];
  error: unknown;
  content: PostContent;
  onAccept(suggestion: Suggestion): void;
  onPass(suggestion: Suggestion): void;
}

/** What the phrase list suggests: apart from the tags, and never counted with them. */
export function SuggestionList({ suggestions, error, content, onAccept, onPass }: Props) {
  if (suggestions.length === 0 && error === null) return null;
  return (
    <section aria-label={words.suggestions}>
      <Stack gap="xs">
        <Title order={3} size="h4">
          {words.suggestions}
        </Title>
        <Text size="sm" c="dimmed">
          {words.suggestionsHelp}
        </Text>
        {error !== null && <FailureAlert error={error} />}
        {suggestions.map((suggestion, at) => {
          const { phrase, quote } = suggestion;
          return (
            <Paper key={`${phrase.id} ${quote.start}`} withBorder p="sm" style={{ borderStyle: 'dashed' }}>
              <Stack gap={6}>
                <Group gap="xs">
                  <Badge variant="outline" color="gray" tt="none">
                    {words.suggestion}
                  </Badge>
                  <Text fw={600} size="sm" lineClamp={2} dir="auto">
                    {phrase.clauseTitle}
                  </Text>
                </Group>
                <QuotedWords quote={quote} content={content} />
                <Text size="xs" c="dimmed">
                  <bdi>{words.suggestionWhy(phrase.text)}</bdi>
                </Text>
                <Group gap="xs">
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={words.acceptWhat(phrase.text, phrase.clauseTitle)}
                    rightSection={at === 0 ? <Kbd size="xs">s</Kbd> : null}
                    onClick={() => onAccept(suggestion)}
                  >
                    {words.accept}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={words.passWhat(phrase.text, phrase.clauseTitle)}
                    rightSection={at === 0 ? <Kbd size="xs">x</Kbd> : null}
                    onClick={() => onPass(suggestion)}
                  >
                    {words.pass}
                  </Button>
                </Group>
              </Stack>
            </Paper>
          );
        })}
      </Stack>
    </section>
  );
}
