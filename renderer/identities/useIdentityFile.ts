import { useState } from 'react';
import { useKeychain } from '../bridge/queries.ts';

export interface IdentityFile {
  path: string;
  setPath(path: string): void;
  passphrase: string;
  setPassphrase(passphrase: string): void;
  /** The keychain has its passphrase, so none need be typed. */
  kept: boolean;
  /** What to send; null where something is missing. A null passphrase is filled in by main. */
  value: { path: string; passphrase: string | null } | null;
  /** Forgets the passphrase after it was sent. */
  clear(): void;
}

/** An identity file with its passphrase, as one form field holds it. `suggested` counts until another path is typed. */
export function useIdentityFile(suggested = ''): IdentityFile {
  const [typed, setPath] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const kept = useKeychain().data?.paths ?? [];
  const path = typed ?? suggested;
  const isKept = kept.includes(path) && passphrase === '';
  const missing = path.trim() === '' || (passphrase === '' && !isKept);
  return {
    path,
    setPath,
    passphrase,
    setPassphrase,
    kept: isKept,
    value: missing ? null : { path, passphrase: isKept ? null : passphrase },
    clear: () => setPassphrase(''),
  };
}
