import { Button, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { idSchema } from '../../contract/model/common.ts';
import type { ReportFiled } from '../../contract/model/tag.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { tagMessages } from './messages.ts';
import { useReports } from './queries.ts';
import { useTagging } from './tagging.tsx';

const words = tagMessages.report;

/** To whom and when the post was reported. */
export const Reported = memo(function Reported({ postId }: { postId: string }) {
  const reports = useReports(postId);
  const [adding, setAdding] = useState(false);
  return (
    <Paper withBorder p="md" component="section" aria-label={words.heading}>
      <Stack gap="sm">
        <Title order={3} size="h4">
          {words.heading}
        </Title>
        {reports.isError && <FailureAlert error={reports.error} />}
        {reports.data?.length === 0 && <Text c="dimmed">{words.none}</Text>}
        {reports.data?.map((report) => (
          <ReportLine key={report.id} report={report} />
        ))}
        {adding ? (
          <ReportForm postId={postId} onClose={() => setAdding(false)} />
        ) : (
          <Group>
            <Button variant="default" size="xs" onClick={() => setAdding(true)}>
              {words.open}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
});

function ReportLine({ report }: { report: ReportFiled }) {
  return (
    <div>
      <Text size="sm">
        <bdi dir="ltr">{report.at}</bdi>: <bdi>{report.to}</bdi>
        {report.posts.length > 1 && `, ${words.withOthers(report.posts.length - 1)}`}
        {report.bundle !== null && (
          <>
            , {words.withBundle} <bdi dir="ltr">{report.bundle}</bdi>
          </>
        )}
      </Text>
      {report.note !== null && (
        <Text size="sm" c="dimmed" dir="auto">
          {report.note}
        </Text>
      )}
    </div>
  );
}

function ReportForm({ postId, onClose }: { postId: string; onClose(): void }) {
  const client = useQueryClient();
  const tagging = useTagging();
  const [to, setTo] = useState('');
  const [at, setAt] = useState('');
  const [bundle, setBundle] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const bundleIsWrong = bundle.trim() !== '' && !idSchema.safeParse(bundle.trim()).success;
  const saving = useMutation({
    mutationFn: () =>
      unwrap(
        window.holdfast.addReport({
          posts: [postId],
          to: to.trim(),
          at: at.trim(),
          bundle: bundle.trim() === '' ? null : bundle.trim(),
          note: note.trim() === '' ? null : note.trim(),
        }),
      ),
    onSuccess: () => {
      // The tag form asks anew whether its clause was in force when the post was reported.
      refresh(client, 'tags');
      tagging.say(words.saved);
      onClose();
    },
  });
  const missing = (value: string) => (tried && value.trim() === '' ? words.missing : null);
  return (
    <Form
      onSubmit={() => {
        setTried(true);
        if (to.trim() !== '' && at.trim() !== '' && !bundleIsWrong) saving.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={words.to}
          description={words.toHelp}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={missing(to)}
          maxLength={300}
          dir="auto"
          data-autofocus
          ref={focusOnce}
        />
        <TextInput
          label={words.at}
          description={words.atHelp}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          error={missing(at)}
          maxLength={40}
          dir="ltr"
        />
        <TextInput
          label={words.bundle}
          description={words.bundleHelp}
          value={bundle}
          onChange={(event) => setBundle(event.currentTarget.value)}
          error={bundleIsWrong ? words.notAnId : null}
          maxLength={40}
          dir="ltr"
        />
        <Textarea
          label={words.note}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={10_000}
          autosize
          dir="auto"
        />
        {saving.isError && <FailureAlert error={saving.error} onClose={saving.reset} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

/** The form takes the place of the button that had the keyboard. */
function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
