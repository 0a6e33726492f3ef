import { describe, expect, test } from 'vitest';
import type { PostContent } from '../../contract/model/post.ts';
import { isConsentAddress, isNamed, isSignInAddress, namedPost, signInOf } from '../../sites/wall.ts';

test.each([
  ['https://x.com/i/flow/login?redirect_after_login=%2Fada', true, false],
  ['https://www.instagram.com/accounts/login/?next=/p/abc/', true, false],
  ['https://www.facebook.com/checkpoint/1501', true, false],
  ['https://social.example/login', true, false],
  ['https://consent.youtube.com/m?continue=x', false, true],
  ['https://www.reddit.com/over18?dest=x', false, true],
  ['https://blog.example/loginov/1', false, false],
  ['https://news.example/2024/consent-decree', false, false],
])('%s', (address, signIn, consent) => {
  expect([isSignInAddress(address), isConsentAddress(address)]).toEqual([signIn, consent]);
});

describe('whether a post is the one that an address names', () => {
  const named = (address: string, post: Partial<PostContent>) =>
    isNamed(namedPost(address) ?? '', { url: null, platformId: null, ...post } as PostContent);

  test('by its id, by a longer one, by its address, by an earlier state', () => {
    expect(named('https://x.com/ada/status/20', { platformId: '20' })).toBe(true);
    const uri = 'at://did:plc:ada/app.bsky.feed.post/3kabc';
    expect(named('https://bsky.app/profile/ada.test/post/3kabc', { platformId: uri })).toBe(true);
    const url = 'https://www.instagram.com/p/C4x/?img_index=1';
    expect(named('https://www.instagram.com/p/C4x/', { url })).toBe(true);
    const versions = [{ platformId: '20', at: null, text: null }];
    expect(named('https://x.com/ada/status/20', { platformId: '21', versions })).toBe(true);
  });

  test('another one is not, and an address of no platform names none', () => {
    expect(named('https://x.com/ada/status/20', { platformId: '120' })).toBe(false);
    expect(namedPost('https://board.example/status/20')).toBeNull();
    expect(namedPost('https://x.com/ada')).toBeNull();
  });
});

test.each([
  ['<form><input TYPE=Password></form>', { form: true, link: false }],
  ['<a href="/i/flow/login">Sign in</a>', { form: false, link: true }],
  ['<a href="/about">About</a><input type="text">', { form: false, link: false }],
  ['', { form: false, link: false }],
])('how %s asks to sign in', (html, asked) => {
  expect(signInOf(Buffer.from(html))).toEqual(asked);
});
