/** Accounts as X's answers give them: facts move about, the id does not. */
import type { PostContent } from '../../contract/model/post.ts';
import type { PostNotice } from '../../contract/model/post-facts.ts';
import { digitsAt, isTrueAt, type JsonObject, listAt, stringAt } from '../json/members.ts';
import { notice } from '../post/draft.ts';

/** Names of accounts are letters, digits and underscores: nothing else goes into an address. */
export function handleIn(value: string | null): string | null {
  return value !== null && /^\w{1,50}$/.test(value) ? value : null;
}

export function accountUrl(site: string, handle: string | null): string | null {
  return handle === null ? null : `${site}/${handle}`;
}

/** Without a handle there still is an address that leads to the post. */
export function postUrl(site: string, handle: string | null, id: string | null): string | null {
  return id === null ? null : `${site}/${handle ?? 'i'}/status/${id}`;
}

/** `user`: the result object of a GraphQL answer, older or newer; `id`: as the post itself says it. */
export function accountOf(user: JsonObject | null, id: string | null, site: string): PostContent['author'] {
  const handle = handleIn(stringAt(user, 'core', 'screen_name') ?? stringAt(user, 'legacy', 'screen_name'));
  return {
    name: stringAt(user, 'core', 'name') ?? stringAt(user, 'legacy', 'name'),
    handle,
    platformId: digitsAt(user, 'rest_id') ?? id,
    url: accountUrl(site, handle),
  };
}

/** What X says of the account of a post. */
export function accountNotices(user: JsonObject | null): PostNotice[] {
  const notices: PostNotice[] = [];
  if (stringAt(user, '__typename') === 'UserUnavailable') {
    const reason = stringAt(user, 'reason') ?? 'no reason given';
    const words = stringAt(user, 'message') ?? stringAt(user, 'unavailable_message', 'text');
    notices.push(
      notice(
        /suspend/i.test(reason) ? 'suspended' : 'removed',
        `The account is not available: ${words ?? reason}`,
      ),
    );
  }
  const countries = listAt(user, 'legacy', 'withheld_in_countries').filter(
    (code) => typeof code === 'string',
  );
  if (countries.length > 0)
    notices.push(notice('withheld', `The account is withheld in: ${countries.join(', ')}`));
  const interstitial =
    stringAt(user, 'legacy', 'profile_interstitial_type') ??
    stringAt(user, 'profile_metadata', 'profile_interstitial_type');
  if (interstitial !== null && interstitial !== '')
    notices.push(notice('interstitial', `The profile stands behind a warning: ${interstitial}`));
  if (isTrueAt(user, 'privacy', 'protected') || isTrueAt(user, 'legacy', 'protected'))
    notices.push(notice('other', 'The account’s posts are protected.'));
  const label = stringAt(user, 'affiliates_highlighted_label', 'label', 'description');
  if (label !== null) notices.push(notice('label', `The account carries the label: ${label}`));
  return notices;
}
