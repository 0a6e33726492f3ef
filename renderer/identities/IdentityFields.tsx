import { PasswordInput, Text } from '@mantine/core';
import { chooseOne } from '../shared/dialogs.ts';
import { PathField } from '../shared/PathField.tsx';
import { identityMessages as words } from './messages.ts';
import type { IdentityFile } from './useIdentityFile.ts';

interface Props {
  file: IdentityFile;
  label: string;
  description?: string;
  passphraseLabel: string;
  /** Somebody tried to go on: say what is missing. */
  tried: boolean;
  disabled?: boolean;
}

/** An identity file and its passphrase, which the keychain may have. */
export function IdentityFields({
  file,
  label,
  description,
  passphraseLabel,
  tried,
  disabled = false,
}: Props) {
  return (
    <>
      <PathField
        label={label}
        {...(description === undefined ? {} : { description })}
        value={file.path}
        onChange={file.setPath}
        browse={() => chooseOne('identity')}
        browseLabel={words.browse}
        error={tried && file.path.trim() === '' ? words.missingFile : null}
        disabled={disabled}
      />
      {file.kept ? (
        <Text size="sm" c="dimmed">
          {words.fromKeychain}
        </Text>
      ) : (
        <PasswordInput
          label={passphraseLabel}
          value={file.passphrase}
          onChange={(event) => file.setPassphrase(event.currentTarget.value)}
          error={tried && file.value === null && file.passphrase === '' ? words.missingPassphrase : null}
          autoComplete="off"
          disabled={disabled}
        />
      )}
    </>
  );
}
