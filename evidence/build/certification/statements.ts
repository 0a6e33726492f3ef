/**
 * What a certification says, line by line, for whoever signs it to confirm. The words are meant for Federal Rules of
 * Evidence 902(13) and (14), and for collectors elsewhere in a neutral form. None of them says who wrote a post,
 * whether it is true, or whose account it was.
 */
import type { CertificationForm } from '../../../contract/model/certificate.ts';
import type { CaptureEntry, Evidence } from '../../bundle/evidence.ts';

/** Which captures a schedule lists. */
export interface Schedules {
  /** A: recorded here by the signer's software. */
  recorded: readonly CaptureEntry[];
  /** B: copied from elsewhere: imported, or out of a bundle of another archive. */
  copied: readonly CaptureEntry[];
}

export function schedulesOf({ captures }: Evidence): Schedules {
  const isRecorded = ({ recording, origin }: CaptureEntry) => recording !== undefined && origin === undefined;
  return {
    recorded: captures.filter(isRecorded),
    copied: captures.filter((capture) => !isRecorded(capture)),
  };
}

/** The statements for these captures, in their order. A statement about an empty schedule is not among them. */
export function statements({ recorded, copied }: Schedules, form: CertificationForm): string[] {
  const lines = [
    'I am able to make this statement from my own knowledge of how the records were made and kept, or from records that I have checked myself.',
  ];
  if (recorded.length > 0) {
    lines.push(
      'The records of Schedule A were made by an electronic process: software drove or recorded a browser, kept each answer of the network as the browser received it after transfer decoding, and kept the page as rendered. To my knowledge it worked as it should at the times stated, except where Schedule A says that a capture is incomplete or failed.',
      'The process produces an accurate result in this sense: what it kept is what the browser of that computer received and showed. Session secrets were replaced by markers, as the records say.',
    );
  }
  if (copied.length > 0) {
    lines.push(
      'The records of Schedule B are copies of files that others had made. They were taken in byte for byte. How they were made before that, I do not certify.',
    );
  }
  lines.push(
    'Each file named in the schedules was identified by its SHA-256 when it was kept. I compared the digests of the files in the bundle with those in its signed list, or had a program compare them, and they were the same.',
    'Each act shown was recorded in a custody log when it was done, by the clock of the computer that did it; where an independent timestamp is named, by that as well.',
    'What Schedule C lists is not certified.',
    'I certify neither who wrote a post, nor that what it says is true, nor whose account or which person stands behind it, nor that nothing was left out.',
  );
  lines.push(
    form === 'us'
      ? 'I declare under penalty of perjury under the laws of the United States of America that the foregoing is true and correct (28 U.S.C. § 1746).'
      : 'I declare that the foregoing is true to the best of my knowledge, and I am aware that a false statement may be an offence under the law that applies to me.',
  );
  return lines;
}

/** Schedule C: what stands in every bundle and is not certified. */
export const excluded = [
  'Assessments (tags), what others said of them, and the reasons given: they are opinions.',
  'What programs read out of captures: texts, authors, times and counts of posts, as far as they are more than the bytes of the records.',
  'Times, names, addresses and counts that a page or a file states of itself.',
  'Texts of rules and norms, and what was said about them: they are shown as they were seen, with where they came from.',
  'Names of persons that are marked as claimed.',
  'Timestamps and certificates: for these, their authorities stand.',
  'The report in its words, this document among them; what is certified are the records that it names.',
] as const;

/** Captures of which something is withheld: schedules list whole captures, and nothing of these is certified. */
export function inPart({ partialCaptures = [] }: Evidence): string[] {
  if (partialCaptures.length === 0) return [];
  return [
    `Captures of which something is withheld, with their files: ${partialCaptures.map(({ id }) => id).join(', ')}.`,
  ];
}
