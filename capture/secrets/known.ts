/** The session secrets that a recording has come across, each with one salt and one commitment. */
import { createHash } from 'node:crypto';
import type { KnownSecret, Withheld } from '../../contract/model/recording.ts';
import {
  markerOf,
  minSecretLength,
  type Searched,
  SecretIndex,
  spellingsOf,
  Withholder,
} from '../../contract/withhold.ts';

const longestSearched = 65_536;
/** A page can make up as many as it likes; each one costs time in every body. */
const mostSearched = 1000;

interface Committed {
  commitment: string;
  salt: string;
  marker: string;
}

/** Text with markers, and what they stand for. */
export interface Hidden {
  text: string;
  withheld: Withheld[];
}

export class KnownSecrets {
  readonly #randomBytes: (length: number) => Uint8Array;
  readonly #onNew: (secret: KnownSecret) => void;
  readonly #committed = new Map<string, Committed>();
  readonly #searched = new Map<string, Searched>();
  /** Spellings with their secret, longest first; null: to be made again. */
  #spellings: { spelling: string; searched: Searched }[] | null = [];
  /** For searching bodies; null: to be made again. */
  #index: SecretIndex | null = null;
  /** Raised whenever another secret is to be looked for. */
  version = 0;

  /** `onNew` hears once of each secret that is to be looked for in bodies. */
  constructor(randomBytes: (length: number) => Uint8Array, onNew: (secret: KnownSecret) => void) {
    this.#randomBytes = randomBytes;
    this.#onNew = onNew;
  }

  /** The entry for a secret that is replaced at one place. */
  withhold(secret: string, where: Withheld['where'], name: string): Withheld {
    const { commitment, salt } = this.#commit(secret);
    return { where, name, commitment, salt };
  }

  marker(secret: string): string {
    return this.#commit(secret).marker;
  }

  /** From now on this value is replaced wherever it stands. Values under 6 characters are not looked for. */
  search(secret: string, name: string): void {
    if (secret.length < minSecretLength || secret.length > longestSearched) return;
    if (this.#searched.has(secret) || this.#searched.size >= mostSearched) return;
    const { commitment, salt, marker } = this.#commit(secret);
    this.#searched.set(secret, { name, secret, marker });
    this.#spellings = null;
    this.#index = null;
    this.version += 1;
    this.#onNew({ name, commitment, salt, secret });
  }

  /** Replaces what is known in headers, addresses and other short texts. */
  hideIn(text: string, where: Withheld['where']): Hidden {
    const withheld: Withheld[] = [];
    let hidden = text;
    for (const { spelling, searched } of this.#allSpellings()) {
      if (!hidden.includes(spelling)) continue;
      hidden = hidden.replaceAll(spelling, searched.marker);
      withheld.push(this.withhold(searched.secret, where, searched.name));
    }
    return { text: hidden, withheld };
  }

  /** A stream in which everything known by now is replaced. */
  withholder(): Withholder {
    this.#index ??= new SecretIndex(this.#searched.values());
    return new Withholder(this.#index);
  }

  #allSpellings(): { spelling: string; searched: Searched }[] {
    this.#spellings ??= [...this.#searched.values()]
      .flatMap((searched) => spellingsOf(searched.secret).map((spelling) => ({ spelling, searched })))
      .sort((a, b) => b.spelling.length - a.spelling.length);
    return this.#spellings;
  }

  /** SHA-256(0x04 ‖ salt ‖ secret), docs/decisions/withheld-secrets.md. */
  #commit(secret: string): Committed {
    const known = this.#committed.get(secret);
    if (known !== undefined) return known;
    const salt = this.#randomBytes(32);
    const commitment = createHash('sha256')
      .update(Uint8Array.of(4))
      .update(salt)
      .update(secret)
      .digest('hex');
    const committed = { commitment, salt: Buffer.from(salt).toString('hex'), marker: markerOf(commitment) };
    this.#committed.set(secret, committed);
    return committed;
  }
}

/** The same secret at the same place is told once. */
export function distinct(withheld: readonly Withheld[]): Withheld[] {
  const seen = new Map(withheld.map((one) => [`${one.where} ${one.name} ${one.commitment}`, one]));
  return [...seen.values()];
}
