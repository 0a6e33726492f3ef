/** What stands in front of a post that a page does not show: a sign-in, or a question that comes first. */
import type { PostContent } from '../contract/model/post.ts';
import { decodeHtml } from './html/decode.ts';
import { attribute, elementsOf, parseHtml } from './html/parse.ts';
import { addressFacts } from './platforms.ts';

const signInAddress =
  /\/(?:login|signin|sign-in|log-in|accounts\/login|i\/flow\/login|checkpoint)(?:[/.?#]|$)/i;
const consentAddress =
  /^https?:\/\/consent\.|\/(?:consent|cookie-?consent|age-?(?:gate|check|verification)|over18)(?:[/.?#]|$)/i;

/** The post's id on a platform that is known here; null where the address names none. */
export function namedPost(address: string | null): string | null {
  const facts = addressFacts(address);
  return facts?.known === true ? facts.platformId : null;
}

/** Whether a post is the one whose id an address gives, which can be the end of a longer one. */
export function isPostNamed(id: string, platformId: string | null): boolean {
  if (platformId === null) return false;
  // Names of channels, which stand before a slash, are the same in any case.
  if (id.includes('/') && platformId.toLowerCase() === id.toLowerCase()) return true;
  return platformId === id || platformId.endsWith(`/${id}`);
}

/**
 * The same of a post that was read: by its id, that of an earlier state, or its address. The address of a comment with an
 * id of its own can name the post that it stands under.
 */
export function isNamed(id: string, { kind, platformId, url, versions = [] }: PostContent): boolean {
  const byAddress = kind === 'reply' && platformId !== null ? null : namedPost(url);
  const ids = [platformId, byAddress, ...versions.map((version) => version.platformId)];
  return ids.some((one) => isPostNamed(id, one));
}

export function isSignInAddress(address: string): boolean {
  return signInAddress.test(address);
}

export function isConsentAddress(address: string): boolean {
  return consentAddress.test(address);
}

/** How a page asks to sign in: by a form with a password, by a link. */
export interface SignIn {
  form: boolean;
  link: boolean;
}

/** @param html a page as rendered; null: there is none. Attacker-controlled; what cannot be parsed asks for nothing. */
export function signInOf(html: Uint8Array | null): SignIn {
  const found: SignIn = { form: false, link: false };
  const parsed = html === null ? null : parseHtml(decodeHtml(html, 'utf-8').text);
  if (parsed === null || !('document' in parsed)) return found;
  for (const element of elementsOf(parsed.document)) {
    if (element.tagName === 'input') found.form ||= attribute(element, 'type')?.toLowerCase() === 'password';
    if (element.tagName === 'a') found.link ||= isSignInAddress(attribute(element, 'href') ?? '');
  }
  return found;
}
