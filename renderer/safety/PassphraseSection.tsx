import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import { unwrap } from '../bridge/call.ts';
import { useDesk } from '../bridge/desk.tsx';
import { keys } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { NewPassphrase } from '../shared/NewPassphrase.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { roundedBytes, roundedSeconds } from '../shared/sizes.ts';
import { safetyMessages as words } from './messages.ts';
import { noSecret, SecretField, secretOf } from './SecretField.tsx';
import { Section } from './Section.tsx';

/** Another passphrase, with what it takes told before. */
export function PassphraseSection({ archive }: { archive: ArchiveStatus }) {
  const { rekeying } = useDesk();
  const { now } = rekeying;
  const plain = !archive.encrypted;
  const [secret, setSecret] = useState(noSecret);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const busy = now.state === 'running';
  const given = secretOf(secret);
  const newError = passphrase === '' ? words.missingNew : passphrase === again ? null : words.differs;
  const submit = () => {
    setTried(true);
    if (newError !== null || (!plain && given === null)) return;
    rekeying.start({ secret: plain ? null : given, newPassphrase: passphrase });
    setSecret(noSecret);
    setPassphrase('');
    setAgain('');
    setTried(false);
  };
  return (
    <Section title={words.passphraseHeading} help={plain ? words.passphrasePlainHelp : words.passphraseHelp}>
      <Estimate />
      {busy && (
        <ProgressPanel
          title={words.changing}
          progress={now.progress}
          cancelling={now.cancelling}
          onCancel={rekeying.cancel}
        />
      )}
      {now.state === 'failed' && <FailureAlert error={now.failure} onClose={rekeying.reset} />}
      {now.state === 'done' && (
        <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={words.changed} role="status">
          {now.value.from === 'plain' ? words.passphrasePlainAfter : words.changedAdvice}
        </Alert>
      )}
      {!busy && (
        <Form onSubmit={submit}>
          <Stack gap="sm">
            {!plain && (
              <SecretField
                value={secret}
                onChange={setSecret}
                error={tried && given === null ? words.missingSecret : null}
              />
            )}
            <NewPassphrase
              label={words.newPassphrase}
              value={passphrase}
              onChange={setPassphrase}
              again={again}
              onAgain={setAgain}
            />
            <Text size="sm">{plain ? words.passphrasePlainAfter : words.passphraseAfter}</Text>
            {tried && newError !== null && <Alert color="red" title={newError} />}
            <Group justify="flex-end">
              <Button type="submit">{plain ? words.encrypt : words.change}</Button>
            </Group>
          </Stack>
        </Form>
      )}
    </Section>
  );
}

function Estimate() {
  const { data, isError, error } = useQuery({
    queryKey: keys.estimate,
    queryFn: () => unwrap(window.holdfast.estimatePassphrase({})),
    // The archive grows and the disk fills: asked anew with each visit.
    staleTime: 0,
  });
  if (isError) return <FailureAlert error={error} />;
  if (data === undefined) return null;
  const sentence = words.estimate(
    roundedSeconds(data.seconds),
    roundedBytes(data.needed),
    roundedBytes(data.free),
  );
  return data.free < data.needed ? (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={words.noRoom}>
      {sentence}
    </Alert>
  ) : (
    <Text size="sm">{sentence}</Text>
  );
}
