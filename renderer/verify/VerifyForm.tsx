import { Button, CloseButton, Group, Input, Stack, Text } from '@mantine/core';
import { IconPlus, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { chooseOne } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { verifyMessages as words } from './messages.ts';
import { useVerify } from './VerifyProvider.tsx';

export function VerifyForm() {
  const { path, setPath, trust, setTrust, call } = useVerify();
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const busy = call.now.state === 'running';

  const addTrust = async () => {
    const answer = await window.holdfast.openDialog({ kind: 'certificate' });
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok && answer.value.paths !== null) setTrust([...new Set([...trust, ...answer.value.paths])]);
  };
  const submit = () => {
    setTried(true);
    if (path.trim() !== '') call.start({ path, trust: [...trust] });
  };
  return (
    <Form onSubmit={submit}>
      <Stack gap="sm">
        <PathField
          label={words.path}
          value={path}
          onChange={setPath}
          browse={() => chooseOne('bundle')}
          browseLabel={words.browse}
          error={tried && path.trim() === '' ? words.missingPath : null}
          disabled={busy}
        />
        <Input.Wrapper label={words.trust} description={words.trustHelp} labelElement="div">
          <Stack gap={4} mt="xs" align="flex-start">
            {trust.map((certificate) => (
              <Group key={certificate} gap="xs" wrap="nowrap">
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  <bdi dir="ltr">{certificate}</bdi>
                </Text>
                <CloseButton
                  size="sm"
                  aria-label={words.dropTrust(certificate)}
                  disabled={busy}
                  onClick={() => setTrust(trust.filter((other) => other !== certificate))}
                />
              </Group>
            ))}
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => void addTrust()}
              disabled={busy}
            >
              {words.addTrust}
            </Button>
          </Stack>
        </Input.Wrapper>
        {failure !== null && <FailureAlert error={failure} onClose={() => setFailure(null)} />}
        <Group justify="flex-end">
          <Button type="submit" loading={busy} leftSection={<IconShieldCheck size={16} aria-hidden />}>
            {words.verify}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
