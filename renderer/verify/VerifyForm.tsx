import { Button, Group, Stack } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { chooseOne } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { verifyMessages as words } from './messages.ts';
import { TrustLists } from './TrustLists.tsx';
import { useVerify } from './VerifyProvider.tsx';

export function VerifyForm() {
  const { path, setPath, trust, setTrust, tsaRoots, setTsaRoots, call } = useVerify();
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const busy = call.now.state === 'running';

  const submit = () => {
    setTried(true);
    if (path.trim() !== '') call.start({ path, trust: [...trust], tsaRoots: [...tsaRoots] });
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
        <TrustLists
          trust={trust}
          onTrust={setTrust}
          tsaRoots={tsaRoots}
          onTsaRoots={setTsaRoots}
          onFailure={setFailure}
          disabled={busy}
        />
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
