import { describe, expect, test } from 'vitest';
import { longestList, mostAddresses, parseAddressList } from '../../contract/address-list.ts';
import { HoldfastError } from '../../contract/errors.ts';

describe('a list of addresses', () => {
  test('comments and blank lines are passed over, bad lines and repeated ones told by their number', () => {
    const text =
      '\ufeff# posts of January\r\nhttps://x.example/a/1\r\n\r\n  http://y.example/?q=1#two  \nftp://x.example/\rnot one\n' +
      'https://user:secret@x.example/\nHTTPS://X.example/a/1\nhttps://\n  # more\nhttps://x.example/a/1 seen today';

    const { addresses, bad, duplicates } = parseAddressList(text);

    expect(addresses).toEqual(['https://x.example/a/1', 'http://y.example/?q=1#two']);
    expect(duplicates).toEqual([{ line: 8, of: 2, url: 'https://x.example/a/1' }]);
    expect(bad.map(({ line, found }) => [line, found])).toEqual([
      [5, 'ftp://x.example/'],
      [6, 'not one'],
      [7, 'https://user:secret@x.example/'],
      [9, 'https://'],
      [11, 'https://x.example/a/1 seen today'],
    ]);
    expect(bad[2]?.message).toContain('user name or a password');
  });

  test('no more than what one batch may be', () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, n) => `https://x.example/${n}`).join('\n');
    expect(parseAddressList(lines(mostAddresses)).addresses).toHaveLength(mostAddresses);
    expect(() => parseAddressList(lines(mostAddresses + 1))).toThrow(HoldfastError);
    expect(() => parseAddressList('a'.repeat(longestList + 1))).toThrow(/Split it/);
    expect(parseAddressList(`https://x.example/${'a'.repeat(9000)}`).bad).toHaveLength(1);
  });

  test('what is no text is refused as a whole', () => {
    expect(() => parseAddressList('h\0t\0t\0p\0')).toThrow(/UTF-8/);
  });
});
