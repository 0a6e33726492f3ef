/**
 * The key of an archive as a person types it: twelve groups of eight hexadecimal digits and two that check them.
 * Groups 1–8 are the raw key, 9–12 the salt; in this order SQLCipher takes them as `x'…'`.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { fromHex, type Sha256, toHex } from '../digest/sha256.ts';

/** Bytes of a key and its salt. */
const secretLength = 48;
const groupBytes = 4;
const groupCount = secretLength / groupBytes;
const groupDigits = groupBytes * 2;

/** Two digits over the group and its place: a wrong digit is found, and two groups that changed places. */
function checkDigits(sha256: Sha256, n: number, digits: string): string {
  return toHex(sha256.of(new TextEncoder().encode(`holdfast/recovery/1 ${n} ${digits}`))).slice(0, 2);
}

/** In: 48 bytes. Out: `1f2e 3d4c 5b`, twelve times. */
export function toGroups(sha256: Sha256, secret: Uint8Array): string[] {
  if (secret.length !== secretLength) throw new Error('a key and its salt are 48 bytes');
  return Array.from({ length: groupCount }, (_, i) => {
    const digits = toHex(secret.subarray(i * groupBytes, (i + 1) * groupBytes));
    return `${digits.slice(0, 4)} ${digits.slice(4)} ${checkDigits(sha256, i + 1, digits)}`;
  });
}

const numbered =
  /(?<![0-9a-z])(1[0-2]|[1-9])\.[ \t]+([0-9a-z]{4})[ \t-]?([0-9a-z]{4})[ \t-]?([0-9a-z]{2})(?![0-9a-z])/gi;

/** Letters that a hand or an eye makes of digits. */
function asDigits(text: string): string {
  return text.toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1');
}

/** The groups with their numbers, as the sheet has them; or digits alone, all of them and in order. */
function findGroups(text: string): string[] | null {
  const found = new Map<number, string>();
  for (const [, n = '', ...digits] of text.matchAll(numbered)) {
    if (!found.has(Number(n))) found.set(Number(n), asDigits(digits.join('')));
  }
  if (found.size === groupCount) return Array.from({ length: groupCount }, (_, i) => found.get(i + 1) ?? '');
  const all = asDigits(text.replace(/[\s.\-–:,]/g, ''));
  if (all.length !== groupCount * (groupDigits + 2)) return null;
  return all.match(new RegExp(`.{${groupDigits + 2}}`, 'gs'));
}

/**
 * Reads what was typed, or a whole sheet as it was saved. Attacker-controlled only as far as a person can be made to
 * type it; the caller bounds its length. Out: 48 bytes.
 * Errors: `recovery-key-unreadable`, which names the groups that hold a typing error; never what was typed.
 */
export function parseGroups(sha256: Sha256, text: string): Uint8Array {
  const groups = findGroups(text);
  if (groups === null) {
    throw new HoldfastError(
      'recovery-key-unreadable',
      `Expected the ${groupCount} groups of a recovery sheet, each of ten digits (0–9, a–f), all of them and in order. Found something else.`,
    );
  }
  const wrong = groups.flatMap((group, i) => {
    const digits = group.slice(0, groupDigits);
    const isRight =
      /^[0-9a-f]{10}$/.test(group) && checkDigits(sha256, i + 1, digits) === group.slice(groupDigits);
    return isRight ? [] : [i + 1];
  });
  if (wrong.length > 0) {
    throw new HoldfastError(
      'recovery-key-unreadable',
      wrong.length === 1
        ? `Group ${wrong[0]} holds a typing error. Compare it with the sheet.`
        : `Groups ${wrong.join(', ')} hold a typing error each, or stand in the wrong place. Compare them with the sheet.`,
      { details: { groups: wrong.join(',') } },
    );
  }
  return fromHex(groups.map((group) => group.slice(0, groupDigits)).join(''));
}
