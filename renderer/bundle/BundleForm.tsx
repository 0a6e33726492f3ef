import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  NativeSelect,
  Radio,
  SegmentedControl,
  Stack,
  Text,
} from '@mantine/core';
import { useState } from 'react';
import { useSearch } from 'wouter';
import { useDesk } from '../bridge/desk.tsx';
import { useArchiveStatus, useSigners } from '../bridge/queries.ts';
import { useCases } from '../cases/queries.ts';
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
  const asked = new URLSearchParams(useSearch()).get('case');
  const cases = useCases().data ?? [];
  const [caseId, setCaseId] = useState(asked);
  const [notes, setNotes] = useState(false);
  const of = cases.find(({ id }) => id === caseId) ?? cases[0];
  const [scope, setScope] = useState<string>(asked !== null ? 'case' : picked.size > 0 ? 'picked' : 'all');
  const [identityMode, setIdentityMode] = useState<string>('use');
  const lastPath = useSigners().data?.identityPath ?? '';
  const identity = useIdentityFile(lastPath);
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const empty = counts?.captures === 0;
  const onlyPicked = scope === 'picked' && picked.size > 0;
  const onlyCase = scope === 'case' && of !== undefined;
  const what = {
    captures: onlyPicked ? [...picked] : ('all' as const),
    ...(onlyCase ? { case: of.id, notes } : {}),
  };

  const submit = () => {
    setTried(true);
    if (path.trim() === '' || identity.value === null) return;
    compiling.start({
      path,
      identityPath: identity.value.path,
      identityPassphrase: identity.value.passphrase,
      ...what,
      leaving,
    });
    identity.clear();
    setTried(false);
  };
  return (
    <Stack gap="md">
      <Fieldset legend={words.what} disabled={busy}>
        <Radio.Group
          value={onlyCase ? 'case' : onlyPicked ? 'picked' : 'all'}
          onChange={setScope}
          aria-label={words.what}
        >
          <Stack gap="xs">
            <Radio value="all" label={words.all(counts?.captures ?? 0, counts?.posts ?? 0)} />
            <Radio
              value="picked"
              label={words.picked(picked.size)}
              description={words.pickedHelp}
              disabled={picked.size === 0}
            />
            <Radio
              value="case"
              label={words.ofCase}
              description={cases.length === 0 ? words.noCase : words.ofCaseHelp}
              disabled={cases.length === 0}
            />
          </Stack>
        </Radio.Group>
        {onlyCase && (
          <Stack gap="xs" mt="xs">
            <NativeSelect
              label={words.whichCase}
              value={of.id}
              data={cases.map(({ id, name, exhibits }) => ({
                value: id,
                label: words.caseOption(name, exhibits),
              }))}
              onChange={(event) => setCaseId(event.currentTarget.value)}
            />
            <Checkbox
              label={words.notes}
              checked={notes}
              onChange={(event) => setNotes(event.currentTarget.checked)}
            />
          </Stack>
        )}
        {empty && <Text mt="xs">{words.nothing}</Text>}
      </Fieldset>
      {!empty && <WhatLeaves what={what} busy={busy} />}
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
