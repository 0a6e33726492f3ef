/** Whether the verify.html in a bundle is one that is known: a page that came with a bundle can be forged with it. */
import type { VerificationNote } from '../../contract/model/bundle.ts';
import { paths } from '../bundle/paths.ts';
import type { Contents } from './contents.ts';

/** `known`: SHA-256 of this version's page, in hexadecimal; where it is not given nothing is said. */
export async function notesOnPage(
  contents: Contents,
  known: string | undefined,
): Promise<VerificationNote[]> {
  if (known === undefined) return [];
  const found = await contents.digest(paths.page);
  if (found === null || found === known) return [];
  return [
    {
      code: 'verify-page-other',
      message: `${paths.page} is not the one of this version of Holdfast: another version made this bundle, or the page was forged with it. Do not rely on what it shows; to know, compare its SHA-256 with those published with the releases: ${found}`,
    },
  ];
}
