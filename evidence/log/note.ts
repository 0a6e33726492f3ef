/**
 * Signed notes (c2sp.org/signed-note) with Ed25519: a text, an empty line, signature lines. Nothing in a note may be
 * believed before `openNote` gives its text back.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { HoldfastError } from '../../contract/errors.ts';
import { fromBase64, toBase64 } from '../digest/base64.ts';
import { concatBytes, sameBytes, toHex } from '../digest/sha256.ts';
import { type Ed25519, portableEd25519 } from './ed25519.ts';

/** Bytes of a whole note; a checkpoint with sixteen signatures has some 2,500. */
export const maxNoteLength = 64 * 1024;
const maxSignatures = 64;
/** The signature type of Ed25519, which stands in the key's id and before its bytes in a verifier key. */
const ed25519Type = Uint8Array.of(1);
const signatureStart = '\u2014 ';

export interface NoteSigner {
  /** The key's name: for a checkpoint, the log's origin. */
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes: Ed25519 (RFC 8032) over these bytes. */
  sign(text: Uint8Array): Uint8Array;
}

export interface VerifierKey {
  name: string;
  /** 4 bytes: an address, not a proof (see `keyId`). */
  id: Uint8Array;
  /** 32 bytes. */
  publicKey: Uint8Array;
}

export interface OpenedNote {
  /** Ends with a line feed. */
  text: string;
  /** The verifier keys, as given, whose signatures hold; at least one. */
  signedBy: readonly string[];
}

function refuse(found: string, cause?: unknown): never {
  throw new HoldfastError('bad-input', `Expected a signed note (c2sp.org/signed-note), but ${found}.`, {
    cause,
  });
}

/** A name has no white space and no plus sign: both end it, in a signature line and in a verifier key. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.isWellFormed() && !/[\p{White_Space}\p{Cc}+]/u.test(name);
}

/** The first four bytes of `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)`. */
function keyId(name: string, publicKey: Uint8Array): Uint8Array {
  const named = new TextEncoder().encode(`${name}\n`);
  return sha256(concatBytes(named, ed25519Type, publicKey)).slice(0, 4);
}

/** The verifier key of a name and 32 bytes of public key: `<name>+<id in hexadecimal>+<base64>`. Errors: `bad-input`. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  if (!isKeyName(name)) refuse(`'${name}' cannot name a key`);
  if (publicKey.length !== 32) refuse(`an Ed25519 public key has 32 bytes, not ${publicKey.length}`);
  return `${name}+${toHex(keyId(name, publicKey))}+${toBase64(concatBytes(ed25519Type, publicKey))}`;
}

/** Reads a verifier key, which may be attacker-controlled. Errors: `bad-input`. */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [, name, hash, encoded] = /^([^+]{1,512})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})$/.exec(vkey) ?? [];
  if (name === undefined || hash === undefined || encoded === undefined) {
    throw new HoldfastError('bad-input', 'Expected a verifier key: <name>+<8 hexadecimal digits>+<base64>.');
  }
  const key = fromBase64(encoded);
  const publicKey = key.subarray(1);
  if (key[0] !== ed25519Type[0] || publicKey.length !== 32) {
    throw new HoldfastError(
      'bad-input',
      'Expected the verifier key of an Ed25519 key; this one is of another kind.',
    );
  }
  // Also compares the id: it is made of what stands beside it, so a slip in any of the three shows.
  if (verifierKey(name, publicKey) !== vkey) {
    throw new HoldfastError('bad-input', `The id in the verifier key of ${name} is not that of its key.`);
  }
  return { name, id: keyId(name, publicKey), publicKey };
}

/** The note with one signature. `text` ends with a line feed, and holds no other control character. Errors: `bad-input`. */
export function signNote(text: string, signer: NoteSigner): Uint8Array {
  if (!text.endsWith('\n') || !text.isWellFormed() || hasControls(text))
    refuse('the text cannot stand in one');
  if (!isKeyName(signer.name)) refuse(`'${signer.name}' cannot name a key`);
  const signature = signer.sign(new TextEncoder().encode(text));
  const line = toBase64(concatBytes(keyId(signer.name, signer.publicKey), signature));
  return new TextEncoder().encode(`${text}\n${signatureStart}${signer.name} ${line}\n`);
}

/**
 * The text of a note that at least one of the verifier keys has signed. The bytes are attacker-controlled, and larger
 * ones than `maxNoteLength` are refused. Signatures by other keys are passed over; one that claims to be by a key given and
 * does not hold makes the whole note worthless, and so does a second one by the same key. Errors: `bad-input`.
 */
export function openNote(
  bytes: Uint8Array,
  vkeys: readonly string[],
  ed25519: Ed25519 = portableEd25519,
): OpenedNote {
  const { text, signatures } = splitNote(bytes);
  const message = new TextEncoder().encode(text);
  const keys = vkeys.map((vkey) => ({ vkey, key: parseVerifierKey(vkey) }));
  const signedBy = new Set<string>();
  for (const { name, id, signature } of signatures) {
    const known = keys.find(({ key }) => key.name === name && sameBytes(key.id, id));
    if (known === undefined) continue;
    if (!ed25519.verify(known.key.publicKey, message, signature)) {
      refuse(`the signature by ${name} does not hold: the text or the signature was changed`);
    }
    if (signedBy.has(known.vkey)) refuse(`${name} has signed it twice`);
    signedBy.add(known.vkey);
  }
  if (signedBy.size === 0) {
    const names = keys.map(({ key }) => key.name).join(', ');
    refuse(`it is not signed by ${names === '' ? 'any key given' : `the key given for ${names}`}`);
  }
  return { text, signedBy: [...signedBy] };
}

function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return false;
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > maxNoteLength) refuse(`it has ${bytes.length} bytes, more than ${maxNoteLength}`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    return refuse('it is not UTF-8', cause);
  }
}

interface Signature {
  name: string;
  id: Uint8Array;
  signature: Uint8Array;
}

/** The last empty line parts the text from the signatures; the text itself may have some. */
function splitNote(bytes: Uint8Array): { text: string; signatures: Signature[] } {
  const note = decode(bytes);
  if (hasControls(note)) refuse('it has a control character other than line feeds');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) refuse('it has no empty line before signatures, or no end');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > maxSignatures) refuse(`it has more than ${maxSignatures} signatures`);
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): Signature {
  const [name, encoded, ...rest] = line.startsWith(signatureStart)
    ? line.slice(signatureStart.length).split(' ')
    : [];
  if (name === undefined || encoded === undefined || rest.length > 0 || !isKeyName(name)) {
    return refuse('a signature line has another form');
  }
  const whole = fromBase64(encoded);
  if (whole.length < 5) refuse('a signature is too short');
  return { name, id: whole.subarray(0, 4), signature: whole.subarray(4) };
}
