/**
 * What every bundle says of itself, in evidence.json, the report and VERIFY.txt alike. What `timesInWords` gives and `cannotSay`
 * are part of the format `holdfast-evidence/1`: other words there are refused, or a signer could claim more.
 */

/**
 * What the times rest on. `stamped`: a timestamp covered something in the bundle when it was compiled. True as well
 * when one is added to `sig/` later.
 */
export function timesInWords(stamped: boolean): string {
  return `${stamped ? byAuthority : byNobody} ${byClaim}`;
}

const byAuthority =
  "Where 'existed no later than' is given, the time-stamping authority named there vouches for that time, and for it alone: the file under sig/ that it stands in says so, and must be checked against the authority's own certificate, had from the authority. Whether the authority is independent of the signer, the bundle cannot say.";
const byNobody =
  'When this bundle was compiled, no timestamp by an independent authority covered anything in it. One that was added later stands in sig/ and says its own time.';
const byClaim =
  "Every other time of an act, that of the signature included, is the signer's own claim, by the clock of the signer's computer. When something was posted or saved is what its source says.";

export const canSay = ['These bytes are unchanged since this signature.', 'This signer vouches for them.'];

export const cannotSay = [
  'That nothing was left out.',
  'That a self-signed name is the person it says.',
  "That the clock of the signer's computer was right.",
  'That what a page or a file showed is true, or that the account named as its author wrote it.',
];
