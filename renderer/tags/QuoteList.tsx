import { Button, CloseButton, Group, Kbd, Stack, Text } from '@mantine/core';
import type { Quote } from '../../contract/model/clause.ts';
import type { PostContent } from '../../contract/model/post.ts';
import { tagMessages as words } from './messages.ts';
import classes from './tags.module.css';

interface Props {
  kept: readonly Quote[];
  selected: Quote | null;
  /** For the direction and language of quotes. */
  content: Pick<PostContent, 'direction' | 'language'>;
  onRemove(at: number): void;
  onKeep(): void;
  onDropSelected(): void;
}

/** The words that the tag will quote: those that were kept, and the selection. */
export function QuoteList({ kept, selected, content, onRemove, onKeep, onDropSelected }: Props) {
  return (
    <Stack gap="xs" role="group" aria-label={words.quotes}>
      {/* Told as a whole: half a sentence of a selection tells nothing. */}
      <Stack gap="xs" role="status" aria-atomic="true">
        {kept.length === 0 && selected === null && <Text size="sm">{words.noQuotes}</Text>}
        {kept.map((quote, at) => (
          <Group key={quote.start} wrap="nowrap" align="flex-start" gap={4}>
            <QuotedWords quote={quote} content={content} />
            <CloseButton
              size="sm"
              aria-label={words.dropQuote(quote.start, quote.end)}
              onClick={() => onRemove(at)}
            />
          </Group>
        ))}
        {selected !== null && <QuotedWords quote={selected} content={content} note={words.selectedNow} />}
      </Stack>
      {selected !== null && (
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            onClick={onKeep}
            rightSection={<Kbd size="xs">Enter</Kbd>}
          >
            {words.keepQuote}
          </Button>
          <Button variant="default" size="compact-sm" onClick={onDropSelected}>
            {words.dropSelected}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** One quote in its own direction and language. */
export function QuotedWords({
  quote,
  content,
  note,
}: {
  quote: Quote;
  content: Pick<PostContent, 'direction' | 'language'>;
  note?: string;
}) {
  return (
    <div className={classes.quoteRow}>
      <Text size="xs" c="dimmed">
        {words.quoteAt(quote.start, quote.end)}
        {note !== undefined && ` ${note}`}
      </Text>
      <blockquote className={classes.quote} dir={content.direction ?? 'auto'} lang={content.language ?? ''}>
        {quote.text}
      </blockquote>
    </div>
  );
}
