/** The page's own words; those that it shares with the window stand in contract/verification-words.ts. */
import type { Verification } from '../contract/model/bundle.ts';

export const words = {
  noFile: 'Choose the zip file of the bundle.',
  oneFile: 'Drop one file: the zip file of the bundle.',
  started: 'Checking.',
  ofAll: (done: string, total: string) => `${done} of ${total} read`,
  percent: (percent: number) => `${percent} per cent read.`,
  checkedFile: 'Checked file',
  fingerprint: 'Fingerprint of the certificate (SHA-256), in 16 groups',
  fingerprintHelp:
    'To be compared with what the signer tells you by another way. To paste it above from here proves nothing.',
  logHelp:
    'One bundle cannot show that there is only one log. Two bundles can: at the same number of lines both must show the same root.',
  canSay: 'What a check can say',
  cannotSay: 'What nobody can say from a bundle',
  stopped: 'Not checked',
} as const;

export interface VerdictWords {
  heading: string;
  sentence: string;
}

const verdicts: Record<Verification['verdict'], VerdictWords> = {
  trusted: {
    heading: 'Trusted',
    sentence: 'Unchanged since this signature, and the signer is one that you named.',
  },
  consistent: {
    heading: 'Consistent, signer not checked',
    sentence:
      'Unchanged since this signature. Who signed was not checked: anybody could have made such a bundle and signed it. Get the signer’s fingerprint by another way than the bundle, paste it above, and check again.',
  },
  failed: {
    heading: 'Failed',
    sentence: 'At least one step failed. Do not rely on this file; ask for the bundle again.',
  },
};

const anotherSigner: VerdictWords = {
  heading: 'Consistent, but not signed by whom you named',
  sentence:
    'Unchanged since a signature, but not by the signer whose fingerprint or certificate you gave. Anybody can make a bundle and sign it with any name: do not take it for theirs. Ask the signer which certificate they use.',
};

/** `named`: the reader said whom they expect. */
export function verdictWords({ verdict }: Verification, named: boolean): VerdictWords {
  return verdict === 'consistent' && named ? anotherSigner : verdicts[verdict];
}

/** In units of 1,000 bytes, as file managers show them. */
export function inBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** An instant in RFC 3339, UTC, as people read it. */
export function inUtc(instant: string): string {
  return instant.replace('T', ' ').replace(/(?:\.0+)?Z$/, ' UTC');
}
