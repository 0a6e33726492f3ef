import { Fieldset, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { IdentityFields } from '../identities/IdentityFields.tsx';
import { type IdentityFile, useIdentityFile } from '../identities/useIdentityFile.ts';
import { PersonField } from '../shared/PersonField.tsx';
import { welcomeMessages as words } from './messages.ts';
import type { Opening } from './useOpening.ts';

/** Who works: a name as claimed, or an identity whose key proves it. */
export interface Who {
  basis: string;
  setBasis(basis: string): void;
  name: string;
  setName(name: string): void;
  file: IdentityFile;
  /** What to send; null where something is missing. */
  value: Pick<Opening, 'actorName' | 'identity'> | null;
}

/** Who opened an archive in this window before; empty and null at first. */
export interface LastWho {
  actorName: string;
  identityPath: string | null;
}

export function useWho(last: LastWho): Who {
  const [basis, setBasis] = useState(last.identityPath === null ? 'claimed' : 'proven');
  const [name, setName] = useState(last.actorName);
  const file = useIdentityFile(last.identityPath ?? '');
  const claimed = name.trim() === '' ? null : { actorName: name.trim(), identity: null };
  const proven = file.value === null ? null : { actorName: '', identity: file.value };
  return { basis, setBasis, name, setName, file, value: basis === 'proven' ? proven : claimed };
}

export function WhoWorks({ who, tried }: { who: Who; tried: boolean }) {
  return (
    <Fieldset legend={words.who}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={words.who}
          value={who.basis}
          onChange={who.setBasis}
          data={[
            { value: 'claimed', label: words.asName },
            { value: 'proven', label: words.asIdentity },
          ]}
        />
        {who.basis === 'proven' ? (
          <>
            <Text size="sm">{words.identityHelp}</Text>
            <IdentityFields
              file={who.file}
              label={words.identity}
              passphraseLabel={words.identityPassphrase}
              tried={tried}
            />
          </>
        ) : (
          <PersonField
            label={words.name}
            description={words.nameHelp}
            value={who.name}
            onChange={who.setName}
            maxLength={200}
            error={tried && who.name.trim() === '' ? words.missingName : null}
          />
        )}
      </Stack>
    </Fieldset>
  );
}
