/** AT addresses: at://DID/collection/key. The key of a post carries the microsecond in which it was made (TID). */
import type { StatedTime } from '../../contract/model/post.ts';

export interface AtUri {
  uri: string;
  did: string;
  collection: string;
  key: string;
}

/** Null for what is no address of a record under a permanent id. */
export function atUri(raw: string | null): AtUri | null {
  const found = /^at:\/\/(did:[a-z]+:[\w.:%-]{1,300})\/([a-z][\w.-]{2,300})\/([\w.~:-]{1,512})$/i.exec(
    raw ?? '',
  );
  const [uri, did, collection, key] = found ?? [];
  return uri === undefined || did === undefined || collection === undefined || key === undefined
    ? null
    : { uri, did, collection, key };
}

/** Names of accounts are host names; one that did not resolve says nothing. */
export function handleIn(raw: string | null): string | null {
  const isName = raw !== null && /^[a-z0-9][a-z0-9.-]{1,252}$/i.test(raw) && raw !== 'handle.invalid';
  return isName ? raw : null;
}

export function postUrl(post: AtUri | null, handle: string | null): string | null {
  return post === null ? null : `https://bsky.app/profile/${handle ?? post.did}/post/${post.key}`;
}

const digits = '234567abcdefghijklmnopqrstuvwxyz';
/** 2022-11, when the network was opened: a key made by hand may name any time. */
const first = 1_667_260_800_000;

/** The time that a key carries; null for keys of another form. */
export function timeOfKey(key: string): StatedTime | null {
  if (!/^[2-7a-j][2-7a-z]{12}$/.test(key)) return null;
  let number = 0n;
  for (const sign of key) number = (number << 5n) | BigInt(digits.indexOf(sign));
  const at = Number((number >> 10n) / 1000n);
  if (at < first || at > 253_402_300_799_999) return null;
  return {
    value: new Date(at).toISOString(),
    precision: 'millisecond',
    zone: 'utc',
    readFrom: 'the key of the post (TID)',
    raw: key,
  };
}
