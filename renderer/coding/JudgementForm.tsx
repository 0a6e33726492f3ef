import { Blockquote, Button, Group, Paper, Radio, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import type { Quote } from '../../contract/model/clause.ts';
import type { Post } from '../../contract/model/post.ts';
import { type ClauseChoice, type Finding, findingSchema } from '../../contract/model/tag.ts';
import { unwrap } from '../bridge/call.ts';
import { keys, refresh } from '../bridge/queryClient.ts';
import { ClauseSearch } from '../clauses/ClauseSearch.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import classes from './coding.module.css';
import { codingMessages as words } from './messages.ts';

interface Props {
  codingId: string;
  post: Post;
  /** The words selected in the post. */
  draft: Quote | null;
}

/** What a person finds in a post of a sample, by which clause, and why. */
export function JudgementForm({ codingId, post: { id: postId, content }, draft }: Props) {
  const client = useQueryClient();
  const [finding, setFinding] = useState<Finding | null>(null);
  const [clause, setClause] = useState<ClauseChoice | null>(null);
  const [because, setBecause] = useState('');
  const [tried, setTried] = useState(false);
  const saving = useMutation({
    mutationFn: (input: HostInput<'tags.add'>) => unwrap(window.holdfast.addTag(input)),
    onSuccess: async () => {
      document.getSelection()?.removeAllRanges();
      refresh(client, 'tags');
      await client.refetchQueries({ queryKey: [...keys.codings, 'next', codingId] });
    },
  });
  // Each post brings a form of its own; the keyboard goes on in it.
  useEffect(() => document.getElementById('judgement')?.focus({ preventScroll: true }), []);
  const lacksClause = finding === 'breach' && clause === null;
  const submit = () => {
    setTried(true);
    if (finding === null || lacksClause || because.trim() === '' || saving.isPending) return;
    saving.mutate({
      postId,
      clauseKey: clause?.key ?? null,
      finding,
      quotes: draft === null ? [] : [draft],
      because: because.trim(),
      coding: codingId,
    });
  };
  return (
    <Paper withBorder p="md" component="section" id="judgement" tabIndex={-1} aria-label={words.judgement}>
      <Form onSubmit={submit}>
        <Stack
          gap="sm"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            submit();
          }}
        >
          <Title order={3} size="h4">
            {words.judgement}
          </Title>
          <Radio.Group
            label={words.finding}
            value={finding ?? ''}
            onChange={(value) => setFinding(findingSchema.parse(value))}
            error={tried && finding === null ? words.missingFinding : null}
          >
            <Group gap="md" my={6}>
              {findingSchema.options.map((value) => (
                <Radio key={value} value={value} label={words.findings[value]} />
              ))}
            </Group>
          </Radio.Group>
          <Quoted draft={draft} content={content} />
          <ClauseSearch
            {...(finding === 'breach' || finding === null ? {} : { description: words.clauseOptional })}
            platform={content.platform}
            value={clause}
            onChange={setClause}
            error={tried && lacksClause ? words.missingClause : null}
          />
          <Textarea
            label={words.because}
            description={words.becauseHelp}
            value={because}
            onChange={(event) => setBecause(event.currentTarget.value)}
            error={tried && because.trim() === '' ? words.missingBecause : null}
            readOnly={saving.isPending}
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
              {words.record}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}

function Quoted({ draft, content }: { draft: Quote | null; content: Post['content'] }) {
  return (
    <div role="status">
      <Text size="sm">{words.quoted(draft === null ? 0 : 1)}</Text>
      {draft !== null && (
        <Blockquote
          p="xs"
          className={classes.text ?? ''}
          dir={content.direction ?? 'auto'}
          lang={content.language ?? ''}
        >
          {draft.text}
        </Blockquote>
      )}
    </div>
  );
}
