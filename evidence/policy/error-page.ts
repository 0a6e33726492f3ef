/** Whether a text is what a server shows in place of the page that was asked for. */
import { plain } from './markup.ts';
import { splitPolicy } from './split.ts';

/** Characters, each line counted once: error pages are short, and some stand many times over in one file. */
const mostWords = 600;

const errorWords =
  /\b(?:page|site|url|resource|content)\b[^.!?\n]{0,60}\b(?:could ?n[o'’]t be found|could not be found|can(?:not|['’]t) be found|(?:was|is) not found|not found|does ?n[o'’]t exist|doesn['’]t exist|does not exist|is ?n[o'’]t available|no longer (?:exists|available))|\b(?:404|403|410|50[0234])\b[^.!?\n]{0,20}\b(?:not found|forbidden|gone|error|bad gateway|unavailable)|\berror (?:404|403|410|50[0234])\b|\baccess denied\b|\bverify (?:that )?you are (?:a )?human\b|\bchecking your browser\b|\benable javascript and cookies to continue\b|(?<!\p{L})seite[^.!?\n]{0,60}(?:nicht gefunden|existiert nicht|nicht verfügbar)/iu;

/**
 * True only where it is sure: little text, the words of an error page, and nothing that reads as a rule. The sizes are
 * attacker-controlled; more than a few kilobytes are never looked into.
 */
export function isErrorPage(text: string): boolean {
  if (text.length > 64 * 1024) return false;
  const lines = new Set(text.split(/\r\n|\n|\r/).map(plain));
  const words = [...lines].join('\n').trim();
  if (words.length > mostWords || !errorWords.test(words)) return false;
  return splitPolicy(words).every(({ role }) => role === null);
}
