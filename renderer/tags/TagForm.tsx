import { Button, Checkbox, Group, Kbd, Paper, Stack, Text, Title } from '@mantine/core';
import type { RefObject } from 'react';
import type { PostContent } from '../../contract/model/post.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ClauseField } from './ClauseField.tsx';
import { missingIn, type TagForm as TagFormState } from './form.ts';
import { BecauseField, FindingField, SureField } from './JudgementFields.tsx';
import { tagMessages as words } from './messages.ts';
import { PaletteBar } from './PaletteBar.tsx';
import { Preparation } from './Preparation.tsx';
import { QuoteList } from './QuoteList.tsx';
import { useShown, useTagForm, useTagging } from './tagging.tsx';
import { WaitingTags } from './WaitingTags.tsx';

export interface TagFormFields {
  clause: RefObject<HTMLInputElement | null>;
  because: RefObject<HTMLTextAreaElement | null>;
}

interface Props {
  postId: string;
  content: PostContent;
  fields: TagFormFields;
  onSave(): void;
  onSlot(slot: string): void;
  onKeepQuote(): void;
  onDropSelected(): void;
  /** Escape: back to the text. */
  onLeave(): void;
  onKeys(): void;
}

/** This post, this clause, these quotes, because. */
export function TagForm(props: Props) {
  const { postId, content, fields } = props;
  const tagging = useTagging();
  const form = useTagForm(postId);
  const change = (part: Partial<TagFormState>) => tagging.change(postId, part);
  const missing = form.tried ? missingIn(form) : { clause: false, because: false };
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label={words.form}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) props.onLeave();
      }}
    >
      <Form onSubmit={props.onSave}>
        <Stack gap="sm">
          <Title order={3} size="h4">
            {words.form}
          </Title>
          <PaletteBar chosen={form.clause?.key ?? null} onSlot={props.onSlot} onKeys={props.onKeys} />
          {form.failure !== null && (
            <FailureAlert error={form.failure} onClose={() => change({ failure: null })}>
              <Text size="sm">{words.notSavedHere}</Text>
            </FailureAlert>
          )}
          <WaitingTags postId={postId} />
          <QuoteList
            kept={form.kept}
            selected={form.selected}
            content={content}
            onRemove={(at) => change({ kept: form.kept.filter((_, n) => n !== at) })}
            onKeep={props.onKeepQuote}
            onDropSelected={props.onDropSelected}
          />
          <FindingField value={form.finding} onChange={(finding) => change({ finding })} />
          <ClauseField
            label={form.finding === 'breach' ? words.clause : words.clauseOptional}
            platform={content.platform}
            value={form.clause}
            onChange={(clause) => change({ clause, answers: {}, phrase: null })}
            onChosen={() => fields.because.current?.focus()}
            error={missing.clause ? words.missingClause : null}
            inputRef={fields.clause}
          />
          <BecauseField
            finding={form.finding}
            value={form.because}
            onChange={(because) => change({ because })}
            error={missing.because ? words.missingBecause : null}
            fieldRef={fields.because}
          />
          {form.clause !== null && (
            <Preparation
              key={form.clause.key}
              postId={postId}
              clauseKey={form.clause.key}
              answers={form.answers}
              onAnswer={(key, answer) => change({ answers: { ...form.answers, [key]: answer } })}
            />
          )}
          <SureField value={form.sure} onChange={(sure) => change({ sure })} />
          <Checkbox
            label={words.account}
            checked={form.account}
            onChange={(event) => change({ account: event.currentTarget.checked })}
          />
          <Group justify="space-between">
            <Said />
            <Button type="submit" rightSection={<Kbd size="xs">Ctrl+Enter</Kbd>}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}

/** What happened last, for the eyes and for screen readers; the same words again are news again. */
function Said() {
  const said = useShown((shown) => shown.said);
  return (
    <Text size="sm" role="status" flex={1} miw={0}>
      <span key={said.count}>{said.words}</span>
    </Text>
  );
}
