import type { Failure } from '../../contract/errors.ts';
import { CertificateList } from './CertificateList.tsx';
import { verifyMessages as words } from './messages.ts';

interface Props {
  trust: readonly string[];
  onTrust(paths: readonly string[]): void;
  tsaRoots: readonly string[];
  onTsaRoots(paths: readonly string[]): void;
  onFailure(failure: Failure | null): void;
  disabled: boolean;
}

/** Whom the user vouches for: signers, and authorities of timestamps. */
export function TrustLists({ trust, onTrust, tsaRoots, onTsaRoots, onFailure, disabled }: Props) {
  return (
    <>
      <CertificateList
        label={words.trust}
        help={words.trustHelp}
        add={words.addTrust}
        paths={trust}
        onChange={onTrust}
        onFailure={onFailure}
        disabled={disabled}
      />
      <CertificateList
        label={words.tsaRoots}
        help={words.tsaRootsHelp}
        add={words.addTsaRoot}
        paths={tsaRoots}
        onChange={onTsaRoots}
        onFailure={onFailure}
        disabled={disabled}
      />
    </>
  );
}
