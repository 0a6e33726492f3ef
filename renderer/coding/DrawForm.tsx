import { Fieldset, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import { sha256Schema } from '../../contract/model/common.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { codingMessages as words } from './messages.ts';

const most = 10_000;

/** Draws a sample by chance; with the seed of an earlier draw, the same order again. */
export function DrawForm() {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [posts, setPosts] = useState<string | number>(50);
  const [seed, setSeed] = useState('');
  const [tried, setTried] = useState(false);
  const count =
    typeof posts === 'number' && Number.isInteger(posts) && posts >= 1 && posts <= most ? posts : null;
  const seedIsFine = seed.trim() === '' || sha256Schema.safeParse(seed.trim().toLowerCase()).success;
  const drawing = useMutation({
    mutationFn: (input: HostInput<'codings.draw'>) => unwrap(window.holdfast.drawCoding(input)),
    onSuccess: (coding) => {
      notifications.show({ message: words.drawn(coding.posts, coding.untagged), color: 'green' });
      refresh(client, 'tags');
      setName('');
      setSeed('');
      setTried(false);
    },
  });
  const submit = () => {
    setTried(true);
    if (name.trim() === '' || count === null || !seedIsFine || drawing.isPending) return;
    const given = seed.trim().toLowerCase();
    drawing.mutate({ name: name.trim(), posts: count, seed: given === '' ? null : given });
  };
  return (
    <Fieldset legend={words.draw}>
      <Form onSubmit={submit}>
        <Stack gap="sm">
          <Group align="flex-start" gap="sm">
            <TextInput
              label={words.name}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={tried && name.trim() === '' ? words.missingName : null}
              maxLength={200}
              dir="auto"
              autoComplete="off"
              flex={1}
              miw={200}
            />
            <NumberInput
              label={words.posts}
              value={posts}
              onChange={setPosts}
              min={1}
              max={most}
              allowDecimal={false}
              clampBehavior="none"
              hideControls
              error={tried && count === null ? words.missingPosts : null}
              w={160}
            />
          </Group>
          <TextInput
            label={words.seed}
            description={words.seedHelp}
            value={seed}
            onChange={(event) => setSeed(event.currentTarget.value)}
            error={tried && !seedIsFine ? words.badSeed : null}
            dir="ltr"
            autoComplete="off"
            spellCheck={false}
            maxLength={80}
          />
          <FormEnd doing={drawing} label={words.drawIt} />
        </Stack>
      </Form>
    </Fieldset>
  );
}
