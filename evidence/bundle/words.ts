/**
 * What every bundle says of itself, in evidence.json, the report and VERIFY.txt alike. `timesInWords` and `cannotSay`
 * are part of the format `holdfast-evidence/1`: other words there are refused, or a signer could claim more.
 */

export const timesInWords =
  "No timestamp by an independent authority is part of this bundle. Every time in it, that of the signature included, is the signer's own claim, by the clock of the signer's computer.";

export const canSay = ['These bytes are unchanged since this signature.', 'This signer vouches for them.'];

export const cannotSay = [
  'That nothing was left out.',
  'That a self-signed name is the person it says.',
  "That the clock of the signer's computer was right.",
  'That what a page or a file showed is true, or that the account named as its author wrote it.',
];
