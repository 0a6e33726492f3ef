import { Button, Fieldset, Group, Radio, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useDesk } from '../bridge/desk.tsx';
import { useArchiveStatus, useSigners } from '../bridge/queries.ts';
import { IdentityFields } from '../identities/IdentityFields.tsx';
import { IdentityForm } from '../identities/IdentityForm.tsx';
import { useIdentityFile } from '../identities/useIdentityFile.ts';
import { chooseNew } from '../shared/dialogs.ts';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { bundleMessages as words } from './messages.ts';
import { WhatLeaves } from './WhatLeaves.tsx';

/** What goes in, who signs, and where it goes. */
export function BundleForm({ busy }: { busy: boolean }) {
  const { compiling, picked, leaving } = useDesk();
  const counts = useArchiveStatus().data?.counts;
  const [scope, setScope] = useState<string>(picked.size > 0 ? 'picked' : 'all');
  const [identityMode, setIdentityMode] = useState<string>('use');
  const lastPath = useSigners().data?.identityPath ?? '';
  const identity = useIdentityFile(lastPath);
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const empty = counts?.captures === 0;
  const onlyPicked = scope === 'picked' && picked.size > 0;
  const captures = onlyPicked ? [...picked] : ('all' as const);

  const submit = () => {
    setTried(true);
    if (path.trim() === '' || identity.value === null) return;
    compiling.start({
      path,
      identityPath: identity.value.path,
      identityPassphrase: identity.value.passphrase,
      captures,
      leaving,
    });
    identity.clear();
    setTried(false);
  };
  return (
    <Stack gap="md">
      <Fieldset legend={words.what} disabled={busy}>
        <Radio.Group value={onlyPicked ? 'picked' : 'all'} onChange={setScope} aria-label={words.what}>
          <Stack gap="xs">
            <Radio value="all" label={words.all(counts?.captures ?? 0, counts?.posts ?? 0)} />
            <Radio
              value="picked"
              label={words.picked(picked.size)}
              description={words.pickedHelp}
              disabled={picked.size === 0}
            />
          </Stack>
        </Radio.Group>
        {empty && <Text mt="xs">{words.nothing}</Text>}
      </Fieldset>
      {!empty && <WhatLeaves captures={captures} busy={busy} />}
      <Fieldset legend={words.signer} disabled={busy}>
        <Stack gap="sm">
          <SegmentedControl
            aria-label={words.signer}
            value={identityMode}
            onChange={setIdentityMode}
            disabled={busy}
            data={[
              { value: 'use', label: words.useIdentity },
              { value: 'new', label: words.newIdentity },
            ]}
          />
          {identityMode === 'new' && (
            <IdentityForm
              onCreated={(created) => {
                identity.setPath(created);
                setTried(false);
              }}
              onUse={() => setIdentityMode('use')}
            />
          )}
        </Stack>
      </Fieldset>
      {identityMode === 'use' && (
        <Form onSubmit={submit}>
          <Stack gap="sm">
            <IdentityFields
              file={identity}
              label={words.identity}
              description={
                identity.path !== '' && identity.path === lastPath ? words.lastIdentity : words.identityHelp
              }
              passphraseLabel={words.passphrase}
              tried={tried}
              disabled={busy}
            />
            <PathField
              label={words.out}
              value={path}
              onChange={setPath}
              browse={() => chooseNew('bundle', words.suggestedBundle(new Date().toISOString().slice(0, 10)))}
              browseLabel={words.browse}
              error={tried && path.trim() === '' ? words.missingPath : null}
              disabled={busy}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={busy} disabled={empty}>
                {words.compile}
              </Button>
            </Group>
          </Stack>
        </Form>
      )}
    </Stack>
  );
}
