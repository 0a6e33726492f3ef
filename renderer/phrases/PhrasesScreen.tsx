import { Button, EmptyState, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconQuote } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Phrase } from '../../contract/model/tag.ts';
import { unwrap } from '../bridge/call.ts';
import { keys, refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { phraseMessages as words } from './messages.ts';
import { PhraseForm } from './PhraseForm.tsx';

/** Words that suggest clauses: the list, adding, removing. */
export function PhrasesScreen() {
  const phrases = useQuery({
    queryKey: keys.phrases,
    queryFn: async () => (await unwrap(window.holdfast.listPhrases({}))).phrases,
  });
  return (
    <Stack gap="md" maw={900}>
      <ScreenHead title={words.heading} intro={words.intro} note={words.folded} />
      <PhraseForm />
      {phrases.isError && <FailureAlert error={phrases.error} />}
      {phrases.data?.length === 0 && (
        <EmptyState
          icon={<IconQuote aria-hidden />}
          title={words.emptyTitle}
          description={words.empty}
          py="xl"
        />
      )}
      {phrases.data !== undefined && phrases.data.length > 0 && <PhraseTable phrases={phrases.data} />}
    </Stack>
  );
}

function PhraseTable({ phrases }: { phrases: readonly Phrase[] }) {
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: (phraseId: string) => unwrap(window.holdfast.removePhrase({ phraseId })),
    onSuccess: () => {
      notifications.show({ message: words.removed, color: 'green' });
      refresh(client, 'tags');
    },
  });
  return (
    <>
      {removing.isError && <FailureAlert error={removing.error} onClose={removing.reset} />}
      <Text size="sm" c="dimmed" role="status">
        {words.count(phrases.length)}
      </Text>
      <Table.ScrollContainer minWidth={480} type="native">
        <Table aria-label={words.list}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.column.text}</Table.Th>
              <Table.Th>{words.column.clause}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {phrases.map(({ id, text, clauseKey, clauseTitle }) => (
              <Table.Tr key={id}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <bdi>{text}</bdi>
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <bdi>{clauseTitle}</bdi>
                  <Text size="xs" c="dimmed">
                    <bdi dir="ltr">{clauseKey}</bdi>
                  </Text>
                </Table.Td>
                <Table.Td ta="end">
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={words.removeWhat(text)}
                    disabled={removing.isPending}
                    onClick={() => removing.mutate(id)}
                  >
                    {words.remove}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
