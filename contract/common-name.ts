/** Names of personas that are words of every text: a search for them as words would find them everywhere. */

/** Words that programs and people of this trade write, and English words that are given as names. */
const words: ReadonlySet<string> = new Set(
  `account archive author bundle capture clause court event evidence exhibit hidden label media notes original page
  people persona picture platform posts public reader report review signer source start status system title trust
  words witness april august autumn bishop chance crystal daisy faith forest frank grace harbour honor honour ivory
  justice march mason olive patience pearl piper prudence river robin sailor shadow stone storm summer trinity violet
  winter young`.split(/\s+/),
);

/** One word of up to four Latin letters or digits, or one that stands in many texts. */
export function isCommonName(name: string): boolean {
  const word = name.trim().toLowerCase();
  return /^[a-z0-9]{1,4}$/.test(word) || words.has(word);
}
