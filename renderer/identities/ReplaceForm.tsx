import { Button, Group, Radio, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import type { SignerLine } from '../../contract/model/identity.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { useKeyboardHere } from '../shared/useKeyboardHere.ts';
import { IdentityFields } from './IdentityFields.tsx';
import { identityMessages as words } from './messages.ts';
import { useIdentityFile } from './useIdentityFile.ts';

/** Records that another identity takes the place of a signer; the old key signs that where it is at hand. */
export function ReplaceForm({ signer, onDone }: { signer: SignerLine; onDone(): void }) {
  const client = useQueryClient();
  const successor = useIdentityFile();
  const old = useIdentityFile();
  const [oldKey, setOldKey] = useState('at-hand');
  const box = useKeyboardHere();
  const [because, setBecause] = useState('');
  const [tried, setTried] = useState(false);
  const replacing = useMutation({
    mutationFn: (input: HostInput<'signers.replace'>) => unwrap(window.holdfast.replaceSigner(input)),
    gcTime: 0,
    onSuccess: () => {
      refresh(client, 'archive');
      onDone();
    },
  });
  const lost = oldKey === 'lost';
  const submit = () => {
    setTried(true);
    if (successor.value === null || (!lost && old.value === null) || because.trim() === '') return;
    replacing.mutate({
      old: signer.certificate.fingerprint,
      oldIdentity: lost ? null : old.value,
      successor: successor.value,
      because: because.trim(),
    });
  };
  return (
    <Form onSubmit={submit}>
      <Stack gap="sm" ref={box} tabIndex={-1}>
        <Title order={4} size="h5">
          <bdi>{words.replaceTitle(signer.label)}</bdi>
        </Title>
        <Text size="sm">{words.replaceHelp}</Text>
        <IdentityFields
          file={successor}
          label={words.successor}
          passphraseLabel={words.successorPassphrase}
          tried={tried}
        />
        <Radio.Group value={oldKey} onChange={setOldKey} aria-label={words.oldKey}>
          <Stack gap="xs">
            <Radio value="at-hand" label={words.oldAtHand} />
            <Radio value="lost" label={words.oldLost} description={words.oldLostHelp} />
          </Stack>
        </Radio.Group>
        {!lost && (
          <IdentityFields file={old} label={words.old} passphraseLabel={words.oldPassphrase} tried={tried} />
        )}
        <Textarea
          label={words.because}
          value={because}
          onChange={(event) => setBecause(event.currentTarget.value)}
          error={tried && because.trim() === '' ? words.missingBecause : null}
          maxLength={10_000}
          autosize
          dir="auto"
        />
        {replacing.isError && <FailureAlert error={replacing.error} onClose={replacing.reset} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={replacing.isPending}>
            {words.replaceNow}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
