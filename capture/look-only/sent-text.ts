/** What a request sends, as text. */
import type { CdpRequest } from '../cdp/events.ts';

/** '' where it sends nothing; null where the engine does not tell what. */
export function sentText({ hasPostData, postDataEntries }: CdpRequest): string | null {
  if (postDataEntries === undefined) return hasPostData === true ? null : '';
  const parts = postDataEntries.map(({ bytes }) => bytes);
  // A file that is sent has no bytes here.
  if (parts.some((part) => part === undefined)) return null;
  return Buffer.concat(parts.map((part) => Buffer.from(part ?? '', 'base64'))).toString('utf8');
}
