/** Takes the place of the import of one file in a campaign. */
import * as real from '../../../archive/import/import-file.ts';
import { acknowledgements } from './acknowledged.ts';

let tell: ReturnType<typeof acknowledgements> | null = null;

export const importFile: typeof real.importFile = async (...order) => {
  tell ??= acknowledgements();
  const imported = await real.importFile(...order);
  const { captureId, artifacts } = imported;
  tell({ what: 'import', captureId, sha256: artifacts.map(({ sha256 }) => sha256) });
  return imported;
};
