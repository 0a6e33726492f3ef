/** The words of the trade, for whoever reads a report for the first time. */
import { facts, type Html, html } from './html.ts';

export function glossary(): Html {
  return html`<section id="glossary"><h2>Glossary</h2>${facts([
    ['Archive', 'The file of the signer from which this bundle was compiled. Each has an id.'],
    ['Artifact', 'One file of a capture, such as a picture or a page, named by its SHA-256.'],
    [
      'Bundle',
      'This zip file: what was preserved, what was assessed of it, and what is needed to check both.',
    ],
    ['Capture', 'One act of preserving one source at one time. It is never changed afterwards.'],
    [
      'Checkpoint',
      'The signed head of the custody log: how many lines it had, and the root over all of them.',
    ],
    ['Clause', 'A part of a platform’s rules, or of a norm, in the words of one dated text.'],
    [
      'Commitment',
      'A hash with random bytes added: it binds to words without telling them, and nobody can find them by guessing.',
    ],
    ['Custody log', 'The list of all acts in an archive, one line each, tied together by hashes.'],
    ['Exhibit', 'A post or a capture that the signer shows, under a number that is given only once.'],
    [
      'Existed no later than',
      'What a time-stamping authority vouches for: that a head of the log, with all that stands under it, was there at that time.',
    ],
    ['Fingerprint', 'The SHA-256 of a certificate, to be compared with what the signer told you.'],
    [
      'Name as claimed',
      'Who did something, as typed in. ‘Proven’: a key that belongs to the named certificate signed for it.',
    ],
    ['Reading', 'What a program of a certain version read out of a capture: posts, authors, times.'],
    ['SHA-256', 'A short number made of bytes. Other bytes with the same number have never been found.'],
    ['Signer', 'Whose certificate signed the bundle, and who thereby vouches for it.'],
    ['Tag', 'An assessment by a person: this post, this clause, these words, because.'],
    ['WACZ', 'A file of recorded network traffic that programs can show again as the page that it was.'],
    ['Withheld', 'Left out by the signer. What is left out is known by its commitment.'],
  ])}</section>`;
}
