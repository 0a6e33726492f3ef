import { PasswordInput, Switch } from '@mantine/core';
import { useState } from 'react';
import type { Recovery } from '../../contract/model/safety.ts';
import { noSheet, recoveryOf, SheetField } from '../shared/SheetField.tsx';
import { welcomeMessages as words } from './messages.ts';

/** What opens a file: its passphrase, null for a plain one, or a recovery sheet. */
export function usePassphraseOrSheet() {
  const [passphrase, setPassphrase] = useState('');
  const [bySheet, setBySheet] = useState(false);
  const [sheet, setSheet] = useState(noSheet);
  const recovery = bySheet ? recoveryOf(sheet) : null;
  const value: { passphrase: string | null; recovery?: Recovery } = {
    passphrase: bySheet || passphrase === '' ? null : passphrase,
    ...(recovery === null ? {} : { recovery }),
  };
  const forget = () => {
    setPassphrase('');
    setSheet(noSheet);
  };
  const isMissing = bySheet && recovery === null;
  return { value, isMissing, forget, passphrase, setPassphrase, bySheet, setBySheet, sheet, setSheet };
}

interface Props {
  secret: ReturnType<typeof usePassphraseOrSheet>;
  /** Of the passphrase. */
  help: string;
  autoComplete: 'current-password' | 'off';
  tried: boolean;
}

export function PassphraseOrSheet({ secret, help, autoComplete, tried }: Props) {
  return (
    <>
      {secret.bySheet ? (
        <SheetField
          value={secret.sheet}
          onChange={secret.setSheet}
          error={tried && secret.isMissing ? words.missingSheet : null}
        />
      ) : (
        <PasswordInput
          label={words.passphrase}
          description={help}
          value={secret.passphrase}
          onChange={(event) => secret.setPassphrase(event.currentTarget.value)}
          autoComplete={autoComplete}
        />
      )}
      <Switch
        label={words.haveSheet}
        checked={secret.bySheet}
        onChange={(event) => secret.setBySheet(event.currentTarget.checked)}
      />
    </>
  );
}
