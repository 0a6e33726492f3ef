/** A response body on its way, with the secrets in it replaced by markers of the same length. */
import type { Withheld } from '../../contract/model/recording.ts';
import { markerOfLength, type Withholder } from '../../contract/withhold.ts';
import { discover } from './discover.ts';
import { distinct, type KnownSecrets } from './known.ts';

/** What of a text is looked through again with its continuation: a token on the seam is found whole. */
const seam = 8192;

export class BodyStream {
  readonly #secrets: KnownSecrets;
  readonly #where: Withheld['where'];
  readonly #isText: boolean;
  readonly #withheld: Withheld[] = [];
  #withholder: Withholder;
  #version: number;
  #rest: Uint8Array = new Uint8Array(0);

  /** `isText`: secrets are also looked for by what surrounds them, and learned. */
  constructor(secrets: KnownSecrets, isText: boolean, where: Withheld['where'] = 'response-body') {
    this.#secrets = secrets;
    this.#where = where;
    this.#isText = isText;
    this.#withholder = secrets.withholder();
    this.#version = secrets.version;
  }

  /** What was replaced so far; complete after `end`. */
  get withheld(): Withheld[] {
    const found = [...this.#withholder.found.keys()].map(({ secret, name }) =>
      this.#secrets.withhold(secret, this.#where, name),
    );
    return distinct([...this.#withheld, ...found]);
  }

  /** Takes the next bytes; gives those that are decided, perhaps none. */
  push(bytes: Uint8Array): Uint8Array[] {
    return this.#isText ? this.#discover(bytes, false) : this.#replace(bytes);
  }

  /** A body that is here as a whole. */
  whole(bytes: Uint8Array): Uint8Array[] {
    const decided = this.#isText ? this.#discover(bytes, true) : this.#replace(bytes);
    return [...decided, this.#withholder.end()].filter((one) => one.length > 0);
  }

  end(): Uint8Array[] {
    const last = this.#isText ? this.#discover(new Uint8Array(0), true) : [];
    return [...last, this.#withholder.end()].filter((one) => one.length > 0);
  }

  #discover(more: Uint8Array, final: boolean): Uint8Array[] {
    const bytes = Buffer.concat([this.#rest, more]);
    let decided = final ? bytes.length : Math.max(0, bytes.length - seam);
    for (const { name, value, start, end, searched } of discover(bytes.toString('latin1'))) {
      if (start >= decided) break;
      // Half of it may still be on its way.
      if (!final && end > decided) {
        decided = start;
        break;
      }
      const secret = Buffer.from(value, 'latin1').toString('utf8');
      const entry = this.#secrets.withhold(secret, this.#where, name);
      this.#withheld.push(entry);
      if (searched) this.#secrets.search(secret, name);
      bytes.write(markerOfLength(this.#secrets.marker(secret), end - start), start, 'latin1');
    }
    this.#rest = bytes.subarray(decided);
    return this.#replace(bytes.subarray(0, decided));
  }

  #replace(bytes: Uint8Array): Uint8Array[] {
    const given: Uint8Array[] = [];
    if (this.#version !== this.#secrets.version) {
      // What the old search held back goes on through the new one.
      for (const { secret, name } of this.#withholder.found.keys()) {
        this.#withheld.push(this.#secrets.withhold(secret, this.#where, name));
      }
      const held = this.#withholder.release();
      this.#withholder = this.#secrets.withholder();
      this.#version = this.#secrets.version;
      given.push(this.#withholder.push(held));
    }
    given.push(this.#withholder.push(bytes));
    return given.filter((one) => one.length > 0);
  }
}
