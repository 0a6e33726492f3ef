/** Accounts and other words that posts and comments of Facebook have alike. */
import type { PostContent } from '../../contract/model/post.ts';
import { digitsAt, stringAt } from '../json/members.ts';
import { languageTag } from '../language.ts';
import { addressFacts } from '../platforms.ts';
import { address } from '../post/draft.ts';

export const site = 'https://www.facebook.com';
export const hosts = ['facebook.com'];

/** `actor`: a person, a page. Its handle stands in its address, where it has one. */
export function authorOf(actor: unknown): PostContent['author'] {
  const url = address(stringAt(actor, 'url') ?? stringAt(actor, 'profile_url'));
  const facts = addressFacts(url);
  return {
    name: stringAt(actor, 'name'),
    handle: facts?.platform === 'facebook' ? facts.handle : null,
    platformId: digitsAt(actor, 'id'),
    url,
  };
}

/** 'fa_IR'; 'en_XX' says the language alone. */
export function languageOf(dialect: string | null): string | null {
  return languageTag(dialect?.replace(/_XX$/, ''));
}

/** Links to elsewhere go through an address of Facebook's that names the real one. */
export function target(raw: string | null): string | null {
  const url = address(raw);
  if (url === null) return null;
  const given = new URL(url);
  const isForward = /^lm?\.facebook\.com$/.test(given.hostname) && given.pathname === '/l.php';
  return isForward ? address(given.searchParams.get('u')) : url;
}
