import { Alert, Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { unwrap } from '../bridge/call.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { chooseOne } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { PathField } from '../shared/PathField.tsx';
import { Attached } from './Attached.tsx';
import { timestampMessages as words } from './messages.ts';

/** A stamp over the signature of a finished bundle: the request beside it, the reply into it. */
export function BundleStampForm({ roots }: { roots: readonly string[] }) {
  const [path, setPath] = useState('');
  const [replyPath, setReplyPath] = useState('');
  const [tried, setTried] = useState<'request' | 'attach' | null>(null);
  const asking = useMutation({ mutationFn: () => unwrap(window.holdfast.requestBundleTimestamp({ path })) });
  const attaching = useMutation({
    mutationFn: () =>
      unwrap(window.holdfast.attachBundleTimestamp({ path, replyPath, tsaRoots: [...roots] })),
  });
  const busy = asking.isPending || attaching.isPending;
  const request = () => {
    setTried('request');
    if (path.trim() !== '') asking.mutate();
  };
  const attach = () => {
    setTried('attach');
    if (path.trim() !== '' && replyPath.trim() !== '') attaching.mutate();
  };
  return (
    <Fieldset legend={words.bundle}>
      <Stack gap="sm">
        <Text size="sm">{words.bundleHelp}</Text>
        <PathField
          label={words.bundlePath}
          value={path}
          onChange={setPath}
          browse={() => chooseOne('bundle')}
          browseLabel={words.browse}
          error={tried !== null && path.trim() === '' ? words.missingBundle : null}
          disabled={busy}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={request} loading={asking.isPending}>
            {words.bundleRequest}
          </Button>
        </Group>
        {asking.isError && <FailureAlert error={asking.error} onClose={asking.reset} />}
        {asking.isSuccess && (
          <Alert color="green" role="status" title={words.bundleKept}>
            <CopyText text={asking.data.kept} what={words.out} />
            {asking.data.recorded && <Text size="sm">{words.bundleRecorded}</Text>}
          </Alert>
        )}
        <PathField
          label={words.reply}
          value={replyPath}
          onChange={setReplyPath}
          browse={() => chooseOne('reply')}
          browseLabel={words.browse}
          error={tried === 'attach' && replyPath.trim() === '' ? words.missingReply : null}
          disabled={busy}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={attach} loading={attaching.isPending}>
            {words.bundleAttach}
          </Button>
        </Group>
        {attaching.isError && <FailureAlert error={attaching.error} onClose={attaching.reset} />}
        {attaching.isSuccess && <Attached token={attaching.data} isRecorded={attaching.data.recorded} />}
      </Stack>
    </Fieldset>
  );
}
