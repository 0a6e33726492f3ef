import { Fieldset, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { ClauseField } from '../tags/ClauseField.tsx';
import type { NamedClause } from '../tags/form.ts';
import { phraseMessages as words } from './messages.ts';

/** Words, and the clause that they point to; the clause stays for the next words. */
export function PhraseForm() {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [clause, setClause] = useState<NamedClause | null>(null);
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const adding = useMutation({
    mutationFn: (input: HostInput<'phrases.add'>) => unwrap(window.holdfast.addPhrase(input)),
    onSuccess: () => {
      notifications.show({ message: words.added, color: 'green' });
      refresh(client, 'tags');
      setText('');
      setTried(false);
      field.current?.focus();
    },
  });
  const submit = () => {
    setTried(true);
    if (text.trim() === '' || clause === null || adding.isPending) return;
    adding.mutate({ text: text.trim(), clauseKey: clause.key });
  };
  return (
    <Fieldset legend={words.form}>
      <Form onSubmit={submit}>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              ref={field}
              label={words.text}
              description={words.textHelp}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={tried && text.trim() === '' ? words.missingText : null}
              maxLength={300}
              dir="auto"
              autoComplete="off"
              spellCheck={false}
            />
            <ClauseField
              label={words.clause}
              description={words.clauseHelp}
              platform={null}
              value={clause}
              onChange={setClause}
              error={tried && clause === null ? words.missingClause : null}
            />
          </SimpleGrid>
          <FormEnd doing={adding} label={words.add} />
        </Stack>
      </Form>
    </Fieldset>
  );
}
