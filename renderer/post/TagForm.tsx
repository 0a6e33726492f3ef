import { Blockquote, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Quote } from '../../contract/model/clause.ts';
import type { Post } from '../../contract/model/post.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ClauseField } from './ClauseField.tsx';
import { postMessages as words } from './messages.ts';
import classes from './post.module.css';

interface Props {
  post: Post;
  draft: Quote | null;
  onClearDraft(): void;
}

/** This post, this clause, this quote, because. */
export function TagForm({ post, draft, onClearDraft }: Props) {
  const client = useQueryClient();
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const [because, setBecause] = useState('');
  const [tried, setTried] = useState(false);
  const saving = useMutation({
    mutationFn: (input: Parameters<typeof window.holdfast.addTag>[0]) =>
      unwrap(window.holdfast.addTag(input)),
    onSuccess: () => {
      refresh(client, 'tags');
      notifications.show({ message: words.saved, color: 'green' });
      document.getSelection()?.removeAllRanges();
      onClearDraft();
      setClauseKey(null);
      setBecause('');
      setTried(false);
    },
  });
  const submit = () => {
    setTried(true);
    if (clauseKey === null || because.trim() === '') return;
    saving.mutate({
      postId: post.id,
      clauseKey,
      quotes: draft === null ? [] : [draft],
      because: because.trim(),
    });
  };
  const { content } = post;
  return (
    <Paper withBorder p="md" component="section" aria-label={words.form}>
      <Form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={3} size="h4">
            {words.form}
          </Title>
          <div role="status">
            {draft === null ? (
              <Text size="sm">{words.draftNone}</Text>
            ) : (
              <Stack gap={4}>
                <Text size="sm">{words.draft(draft.start, draft.end)}</Text>
                <Blockquote
                  p="xs"
                  className={classes.quoted ?? ''}
                  dir={content.direction ?? 'auto'}
                  lang={content.language ?? ''}
                >
                  {draft.text}
                </Blockquote>
              </Stack>
            )}
          </div>
          {draft !== null && (
            <Group>
              <Button
                variant="default"
                size="xs"
                onClick={() => {
                  document.getSelection()?.removeAllRanges();
                  onClearDraft();
                }}
              >
                {words.draftClear}
              </Button>
            </Group>
          )}
          <ClauseField
            platform={content.platform}
            value={clauseKey}
            onChange={setClauseKey}
            error={tried && clauseKey === null ? words.missingClause : null}
          />
          <Textarea
            label={words.because}
            description={words.becauseHelp}
            value={because}
            onChange={(event) => setBecause(event.currentTarget.value)}
            error={tried && because.trim() === '' ? words.missingBecause : null}
            autosize
            minRows={2}
            maxRows={10}
            maxLength={10_000}
            dir="auto"
            spellCheck={false}
          />
          {saving.isError && <FailureAlert error={saving.error} onClose={saving.reset} />}
          <Group justify="flex-end">
            <Button type="submit" loading={saving.isPending}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}
