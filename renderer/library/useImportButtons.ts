import { useState } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { useDesk } from '../bridge/desk.tsx';

/** What the two buttons above the library do. */
export function useImportButtons() {
  const { importing, importPaths, askingTrust } = useDesk();
  const [failure, setFailure] = useState<Failure | null>(null);
  const chooseFiles = async () => {
    const answer = await window.holdfast.openDialog({ kind: 'evidence' });
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok && answer.value.paths !== null && answer.value.paths.length > 0) {
      importPaths(answer.value.paths);
    }
  };
  return {
    busy: importing.now.state === 'running' || askingTrust !== null,
    failure,
    forgetFailure: () => setFailure(null),
    chooseFiles,
    paste: () => importing.start('clipboard'),
  };
}
