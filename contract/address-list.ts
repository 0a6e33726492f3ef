/** Lists of addresses, as people keep them: one a line, with comments and blank lines. Attacker-controlled text. */
import { HoldfastError } from './errors.ts';

/** Addresses of one batch; a longer list is to be split, so that each part can be looked at and stopped. */
export const mostAddresses = 10_000;
/** Characters of a list. */
export const longestList = 4 * 1024 * 1024;
/** Characters of one address. */
export const longestAddress = 8192;

export interface AddressList {
  /** Each once, in the order of the list, as they will be asked for. */
  addresses: string[];
  /** Lines that hold no address that can be captured; lines are counted from 1. */
  bad: { line: number; found: string; message: string }[];
  /** Lines that repeat the address of an earlier one. */
  duplicates: { line: number; of: number; url: string }[];
}

/** Characters of a bad line that are shown. */
const shown = 120;

/**
 * Reads a list. A line that begins with '#' is a comment. What cannot be captured is told and left out; the rest
 * goes on. Throws `bad-input` where the whole is no list: bytes that are no text, too long, too many addresses.
 */
export function parseAddressList(text: string): AddressList {
  if (text.length > longestList) {
    throw new HoldfastError(
      'bad-input',
      `The list has ${text.length} characters, more than the ${longestList} that are read. Split it.`,
    );
  }
  if (text.includes('\0')) {
    throw new HoldfastError(
      'bad-input',
      'Expected a list of addresses as text in UTF-8, found something else. Save it as plain text (UTF-8).',
    );
  }
  const list: AddressList = { addresses: [], bad: [], duplicates: [] };
  const seen = new Map<string, number>();
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  for (const [at, raw] of lines.entries()) {
    const typed = raw.trim();
    if (typed === '' || typed.startsWith('#')) continue;
    const line = at + 1;
    const address = webAddress(typed);
    if ('message' in address) {
      list.bad.push({ line, found: typed.slice(0, shown), message: address.message });
      continue;
    }
    const of = seen.get(address.url);
    if (of === undefined) {
      seen.set(address.url, line);
      list.addresses.push(address.url);
    } else {
      list.duplicates.push({ line, of, url: address.url });
    }
  }
  if (list.addresses.length > mostAddresses) {
    throw new HoldfastError(
      'bad-input',
      `The list has ${list.addresses.length} addresses, more than the ${mostAddresses} of one batch. Split it.`,
    );
  }
  return list;
}

/** The address as it will be asked for, or what is wrong with it. */
export function webAddress(typed: string): { url: string } | { message: string } {
  if (/\s/.test(typed)) {
    return { message: 'Expected one address and nothing else on the line, found white space in it.' };
  }
  if (typed.length > longestAddress) {
    return { message: `Expected at most ${longestAddress} characters, found ${typed.length}.` };
  }
  const url = /^https?:\/\//i.test(typed) ? parsed(typed) : null;
  if (url === null || url.hostname === '') {
    return { message: 'Expected an address that begins with http:// or https://, found something else.' };
  }
  if (url.username !== '' || url.password !== '') {
    return { message: 'The address carries a user name or a password, which would stand in the record.' };
  }
  return { url: url.href };
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
