import {
  Alert,
  Button,
  Checkbox,
  Fieldset,
  Group,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { nextCallId, unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { chooseNew } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { Attached } from './Attached.tsx';
import { timestampMessages as words } from './messages.ts';

interface Props {
  /** The stamp to be stamped again; null: the custody log. */
  renew: string | null;
  onNoRenewal(): void;
  roots: readonly string[];
}

/** A request, as a file or over the network. */
export function AskForm({ renew, onNoRenewal, roots }: Props) {
  const [way, setWay] = useState('file');
  return (
    <Fieldset legend={renew === null ? words.ask : words.askRenewal}>
      <Stack gap="sm">
        {renew !== null && (
          <Group>
            <Text size="sm">{words.renewing(renew)}</Text>
            <Button variant="default" size="xs" onClick={onNoRenewal}>
              {words.notRenewing}
            </Button>
          </Group>
        )}
        <SegmentedControl
          aria-label={words.way}
          value={way}
          onChange={setWay}
          data={[
            { value: 'file', label: words.byFile },
            { value: 'network', label: words.byNetwork },
          ]}
        />
        {way === 'file' ? <FileForm renew={renew} /> : <NetworkForm renew={renew} roots={roots} />}
      </Stack>
    </Fieldset>
  );
}

function FileForm({ renew }: { renew: string | null }) {
  const client = useQueryClient();
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const asking = useMutation({
    mutationFn: (out: string) => unwrap(window.holdfast.requestTimestamp({ renew, path: out })),
    onSuccess: () => refresh(client, 'timestamps'),
  });
  const submit = () => {
    setTried(true);
    if (path.trim() === '') return;
    asking.mutate(path);
    setTried(false);
  };
  return (
    <Form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{words.byFileHelp}</Text>
        <PathField
          label={words.out}
          value={path}
          onChange={setPath}
          browse={() => chooseNew('request', words.suggestedRequest(new Date().toISOString().slice(0, 10)))}
          browseLabel={words.browse}
          error={tried && path.trim() === '' ? words.missingPath : null}
          disabled={asking.isPending}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={asking.isPending}>
            {words.makeFile}
          </Button>
        </Group>
        {asking.isError && <FailureAlert error={asking.error} onClose={asking.reset} />}
        {asking.isSuccess && (
          <Alert color="green" role="status" title={words.fileMade}>
            <Stack gap="xs">
              <Text size="sm">{words.fileMadeAdvice}</Text>
              <CopyText text={words.command(quoted(asking.variables))} what={words.commandWhat} />
            </Stack>
          </Alert>
        )}
      </Stack>
    </Form>
  );
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

/** The host in an address as far as it was typed. */
function hostOf(address: string): string {
  try {
    return new URL(address.trim()).host || words.anAuthority;
  } catch {
    return words.anAuthority;
  }
}

function NetworkForm({ renew, roots }: { renew: string | null; roots: readonly string[] }) {
  const client = useQueryClient();
  const [url, setUrl] = useState('');
  const [yes, setYes] = useState(false);
  const [revocation, setRevocation] = useState(true);
  const [tried, setTried] = useState(false);
  const asking = useMutation({
    mutationFn: () =>
      unwrap(window.holdfast.askForTimestamp({ renew, url, tsaRoots: [...roots], revocation }, nextCallId())),
    // Each time anew: the yes was for this one question.
    onSettled: () => {
      setYes(false);
      refresh(client, 'timestamps');
    },
  });
  const submit = () => {
    setTried(true);
    if (url.trim() === '' || !yes) return;
    asking.mutate();
    setTried(false);
  };
  return (
    <Form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={words.url}
          description={words.urlHelp}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={tried && url.trim() === '' ? words.missingUrl : null}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          disabled={asking.isPending}
        />
        <Checkbox
          label={words.revocation}
          description={words.revocationHelp}
          checked={revocation}
          onChange={(event) => setRevocation(event.currentTarget.checked)}
          disabled={asking.isPending}
        />
        <Checkbox
          label={words.yes}
          description={words.networkHelp(hostOf(url))}
          checked={yes}
          onChange={(event) => setYes(event.currentTarget.checked)}
          error={tried && !yes ? words.missingYes : null}
          disabled={asking.isPending}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={asking.isPending}>
            {words.send}
          </Button>
        </Group>
        {asking.isError && <FailureAlert error={asking.error} onClose={asking.reset} />}
        {asking.isSuccess && <Attached token={asking.data.token} />}
      </Stack>
    </Form>
  );
}
