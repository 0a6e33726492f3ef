/** What can honestly be said about a passphrase from looking at it: too little to call it strong. */
export interface PassphraseHint {
  level: 'empty' | 'weak' | 'middling' | 'long';
  words: string;
}

const weakBelow = 12;
const longFrom = 20;

/**
 * In: a passphrase as typed. Out: a hint from its length and variety alone. It never says 'strong', because a
 * line from a song is long, and guessed first.
 */
export function hintFor(passphrase: string): PassphraseHint {
  if (passphrase === '')
    return { level: 'empty', words: 'Five or six words drawn at random make a good passphrase.' };
  const characters = [...passphrase];
  const different = new Set(characters).size;
  if (characters.length < weakBelow) {
    return {
      level: 'weak',
      words: `Short: ${characters.length} characters. Somebody with the file could try them all. Five or six random words are better.`,
    };
  }
  if (different < 6) {
    return { level: 'weak', words: 'The same few characters repeated. This is guessed early.' };
  }
  if (characters.length < longFrom) {
    return {
      level: 'middling',
      words:
        'Middling: long enough only if nobody could guess how you chose it. Five or six random words are better.',
    };
  }
  return {
    level: 'long',
    words:
      'Long enough, if you drew it at random. Holdfast cannot tell whether it is a quotation, a name or a date that others could guess.',
  };
}
