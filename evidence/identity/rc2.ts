/**
 * RC2 in CBC mode (RFC 2268), decryption only: Windows, and openssl before 3.0, hide the certificates of a PKCS #12
 * file under it, with 40 bits of key, and neither WebCrypto nor Node has it any more. Nothing is ever encrypted with
 * it here.
 */

/** RFC 2268, section 2: a permutation of the bytes, from the digits of pi. */
const pi = Uint8Array.from(
  [
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2',
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82',
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626',
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7',
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec',
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9',
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  ]
    .join('')
    .match(/../g) ?? [],
  (pair) => Number.parseInt(pair, 16),
);

const blockSize = 8;

/**
 * In: whole blocks, the key (its effective length is its whole length), an initialisation vector of 8 bytes.
 * Out: the plain bytes, or null where the padding (RFC 8018, section 6.1.1) does not fit.
 */
export function rc2CbcDecrypt(key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Uint8Array | null {
  if (encrypted.length === 0 || encrypted.length % blockSize !== 0 || iv.length !== blockSize) return null;
  const words = expandKey(key);
  const plain = new Uint8Array(encrypted.length);
  let before = iv;
  for (let at = 0; at < encrypted.length; at += blockSize) {
    const block = encrypted.subarray(at, at + blockSize);
    plain.set(
      decryptBlock(words, block).map((byte, i) => byte ^ (before[i] ?? 0)),
      at,
    );
    before = block;
  }
  return withoutPadding(plain);
}

/** 64 words of 16 bits (RFC 2268, section 2). */
function expandKey(key: Uint8Array): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  const look = (index: number) => pi[index & 0xff] ?? 0;
  const get = (index: number) => bytes[index] ?? 0;
  for (let i = key.length; i < 128; i++) bytes[i] = look(get(i - 1) + get(i - key.length));
  bytes[128 - key.length] = look(get(128 - key.length));
  for (let i = 127 - key.length; i >= 0; i--) bytes[i] = look(get(i + 1) ^ get(i + key.length));
  return Uint16Array.from({ length: 64 }, (_, i) => get(2 * i) + 256 * get(2 * i + 1));
}

const rotations = [1, 2, 3, 5];

/** RFC 2268, section 4: mixing and mashing, backwards. */
function decryptBlock(words: Uint16Array, block: Uint8Array): Uint8Array {
  const r = Uint16Array.from({ length: 4 }, (_, i) => (block[2 * i] ?? 0) + 256 * (block[2 * i + 1] ?? 0));
  const get = (i: number) => r[i & 3] ?? 0;
  let next = 63;
  const unmix = () => {
    for (let i = 3; i >= 0; i--) {
      const turn = rotations[i] ?? 0;
      const turned = (get(i) >>> turn) | (get(i) << (16 - turn));
      r[i] = turned - (words[next] ?? 0) - (get(i + 3) & get(i + 2)) - (~get(i + 3) & get(i + 1));
      next--;
    }
  };
  const unmash = () => {
    for (let i = 3; i >= 0; i--) r[i] = get(i) - (words[get(i + 3) & 63] ?? 0);
  };
  for (const [round, count] of [5, 6, 5].entries()) {
    if (round > 0) unmash();
    for (let i = 0; i < count; i++) unmix();
  }
  return Uint8Array.from({ length: blockSize }, (_, i) => (get(i >> 1) >>> (8 * (i & 1))) & 0xff);
}

function withoutPadding(plain: Uint8Array): Uint8Array | null {
  const length = plain[plain.length - 1] ?? 0;
  if (length < 1 || length > blockSize) return null;
  const padding = plain.subarray(plain.length - length);
  return padding.every((byte) => byte === length) ? plain.subarray(0, plain.length - length) : null;
}
