/**
 * `log/consistency/<from>-<to>`: that the log at its newest checkpoint holds the log at an older one, unchanged (RFC
 * 6962, section 2.1.2). In the form in which C2SP tlog-witness wants it: `old <size>`, the hashes in base64, an empty
 * line, the newer checkpoint. So a witness can take the file as it is.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { fromBase64, toBase64 } from '../digest/base64.ts';
import { concatBytes } from '../digest/sha256.ts';

export interface ConsistencyFile {
  /** Leaves of the older tree. */
  from: number;
  /** 32 bytes each. */
  path: readonly Uint8Array[];
  /** The newer checkpoint, a signed note. */
  checkpoint: Uint8Array;
}

/** More are never needed for a log of fewer than 2^53 leaves; the format of C2SP allows 63. */
const maxHashes = 63;
const head = /^old ([1-9]\d{0,15})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n/;

export function writeConsistencyFile({ from, path, checkpoint }: ConsistencyFile): Uint8Array {
  if (path.length > maxHashes) throw new RangeError(`a consistency proof has at most ${maxHashes} hashes`);
  const lines = path.map((hash) => `${toBase64(hash)}\n`).join('');
  return concatBytes(new TextEncoder().encode(`old ${from}\n${lines}\n`), checkpoint);
}

/** Reads the file, which may be attacker-controlled. The checkpoint in it is not looked at. Errors: `bad-input`. */
export function readConsistencyFile(bytes: Uint8Array): ConsistencyFile {
  // Latin-1 gives a character a byte: lengths in the text are lengths in the file.
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const [whole, from, lines] = head.exec(text) ?? [];
  if (whole === undefined || from === undefined || lines === undefined) refuse();
  const path = lines.split('\n').slice(0, -1).map(fromBase64);
  if (!Number.isSafeInteger(Number(from))) refuse();
  return { from: Number(from), path, checkpoint: bytes.subarray(whole.length) };
}

function refuse(): never {
  throw new HoldfastError(
    'bad-input',
    "Expected a consistency proof: 'old' and a size, hashes in base64, an empty line, a checkpoint.",
  );
}
