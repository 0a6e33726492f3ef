import { Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { HostInput, HostOutput } from '../../contract/channels.ts';
import { useLongCall } from '../bridge/longCall.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { AboutFields } from './AboutFields.tsx';
import { Imported } from './ImportForm.tsx';
import { policyMessages } from './messages.ts';
import { aboutOrder, emptyAbout, isComplete } from './policyAbout.ts';

const words = policyMessages.keep;

/** The readable text of a recorded page as a version of a policy, seen when it was recorded. */
export function KeepAsVersion({ captureId, url }: { captureId: string; url: string | null }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [about, setAbout] = useState({ ...emptyAbout, address: url ?? '' });
  const [tried, setTried] = useState(false);
  const keeping = useLongCall<HostInput<'policies.import'>, HostOutput<'policies.import'>>(
    (order, callId) => window.holdfast.importPolicy(order, callId),
    () => refresh(client, 'policies'),
  );
  const running = keeping.now.state === 'running';
  const submit = () => {
    setTried(true);
    if (!isComplete(about)) return;
    keeping.start({ captureId, ...aboutOrder(about) });
    setTried(false);
  };
  return (
    <Stack gap="sm">
      <div>
        <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {words.open}
        </Button>
      </div>
      {open && (
        <Fieldset legend={words.open}>
          <Form onSubmit={submit}>
            <Stack gap="sm">
              <Text size="sm">{words.intro}</Text>
              <AboutFields about={about} onChange={setAbout} tried={tried} disabled={running} />
              <Group justify="flex-end">
                <Button type="submit" loading={running}>
                  {words.start}
                </Button>
              </Group>
              {keeping.now.state === 'failed' && (
                <FailureAlert error={keeping.now.failure} onClose={keeping.reset} />
              )}
              {keeping.now.state === 'done' && (
                <>
                  <Imported report={keeping.now.value} />
                  <div>
                    <Button component={Link} href="/policies" variant="default" size="xs">
                      {words.toPolicies}
                    </Button>
                  </div>
                </>
              )}
            </Stack>
          </Form>
        </Fieldset>
      )}
    </Stack>
  );
}
