import { Button, Checkbox, Group, Kbd, Paper, Stack, Text, Title } from '@mantine/core';
import { memo, type RefObject } from 'react';
import type { PostContent } from '../../contract/model/post.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ClauseField } from './ClauseField.tsx';
import type { TagForm as TagFormState } from './form.ts';
import { BecauseField, FindingField, SureField } from './JudgementFields.tsx';
import { tagMessages as words } from './messages.ts';
import { PaletteBar } from './PaletteBar.tsx';
import { Preparation } from './Preparation.tsx';
import { QuoteList } from './QuoteList.tsx';
import { useFormPart, useShown, useTagging } from './tagging.tsx';
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
  const change = (part: Partial<TagFormState>) => tagging.change(postId, part);
  const finding = useFormPart(postId, 'finding');
  const clause = useFormPart(postId, 'clause');
  const answers = useFormPart(postId, 'answers');
  const tried = useFormPart(postId, 'tried');
  const failure = useFormPart(postId, 'failure');
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
          <PaletteBar chosen={clause?.key ?? null} onSlot={props.onSlot} onKeys={props.onKeys} />
          {failure !== null && (
            <FailureAlert error={failure} onClose={() => change({ failure: null })}>
              <Text size="sm">{words.notSavedHere}</Text>
            </FailureAlert>
          )}
          <WaitingTags postId={postId} />
          <Quotes {...props} />
          <FindingOf postId={postId} />
          <ClauseField
            label={finding === 'breach' ? words.clause : words.clauseOptional}
            platform={content.platform}
            value={clause}
            onChange={(chosen) => change({ clause: chosen, answers: {}, phrase: null })}
            onChosen={() => fields.because.current?.focus()}
            error={tried && finding === 'breach' && clause === null ? words.missingClause : null}
            inputRef={fields.clause}
          />
          <Because postId={postId} fieldRef={fields.because} />
          {clause !== null && (
            <Preparation
              key={clause.key}
              postId={postId}
              clauseKey={clause.key}
              answers={answers}
              onAnswer={(key, answer) => change({ answers: { ...answers, [key]: answer } })}
            />
          )}
          <SureOf postId={postId} />
          <WholeAccount postId={postId} />
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

function Quotes({ postId, content, onKeepQuote, onDropSelected }: Props) {
  const tagging = useTagging();
  const kept = useFormPart(postId, 'kept');
  const selected = useFormPart(postId, 'selected');
  return (
    <QuoteList
      kept={kept}
      selected={selected}
      content={content}
      onRemove={(at) => tagging.change(postId, { kept: kept.filter((_, n) => n !== at) })}
      onKeep={onKeepQuote}
      onDropSelected={onDropSelected}
    />
  );
}

// Each draws itself: what a key changes in one of them leaves the others as they are.

const FindingOf = memo(function FindingOf({ postId }: { postId: string }) {
  const tagging = useTagging();
  const finding = useFormPart(postId, 'finding');
  return <FindingField value={finding} onChange={(chosen) => tagging.change(postId, { finding: chosen })} />;
});

const SureOf = memo(function SureOf({ postId }: { postId: string }) {
  const tagging = useTagging();
  const sure = useFormPart(postId, 'sure');
  return <SureField value={sure} onChange={(chosen) => tagging.change(postId, { sure: chosen })} />;
});

const WholeAccount = memo(function WholeAccount({ postId }: { postId: string }) {
  const tagging = useTagging();
  const account = useFormPart(postId, 'account');
  return (
    <Checkbox
      label={words.account}
      checked={account}
      onChange={(event) => tagging.change(postId, { account: event.currentTarget.checked })}
    />
  );
});

function Because({ postId, fieldRef }: { postId: string; fieldRef: TagFormFields['because'] }) {
  const tagging = useTagging();
  const finding = useFormPart(postId, 'finding');
  const because = useFormPart(postId, 'because');
  const tried = useFormPart(postId, 'tried');
  return (
    <BecauseField
      finding={finding}
      value={because}
      onChange={(typed) => tagging.change(postId, { because: typed })}
      error={tried && because.trim() === '' ? words.missingBecause : null}
      fieldRef={fieldRef}
    />
  );
}

/** What happened last, for the eyes; screen readers are told elsewhere. */
function Said() {
  const said = useShown((shown) => shown.said);
  return (
    <Text size="sm" flex={1} miw={0}>
      {said.at(-1)?.words}
    </Text>
  );
}
