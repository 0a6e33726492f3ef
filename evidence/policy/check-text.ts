/** Whether bytes are the text of a policy. */
import { HoldfastError } from '../../contract/errors.ts';
import { isErrorPage } from './error-page.ts';

/** Bytes; the largest policy texts known have a quarter of a megabyte. */
export const mostPolicyBytes = 4 * 1024 * 1024;

/**
 * The text, exactly: encoded again it is the same bytes.
 * Errors: `file-empty`, `file-too-large`, `policy-not-text`, `policy-is-html`, `policy-not-the-page`.
 */
export function policyText(bytes: Uint8Array, name: string): string {
  if (bytes.length > mostPolicyBytes) {
    throw new HoldfastError(
      'file-too-large',
      `${name} has ${bytes.length} bytes, expected at most ${mostPolicyBytes} for the text of a policy.`,
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new HoldfastError(
      'policy-not-text',
      `${name} is not text in UTF-8. Save it as plain text or Markdown.`,
      { cause },
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells a binary file from a text
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) {
    throw new HoldfastError(
      'policy-not-text',
      `${name} is a binary file, not a text. Save it as plain text or Markdown.`,
    );
  }
  if (text.trim() === '' || text.trim() === '\ufeff')
    throw new HoldfastError('file-empty', `${name} is empty: there is no text in it.`);
  const head = text.slice(0, 4096).trimStart().toLowerCase();
  if (/^(?:\ufeff)?(?:<!doctype html|<html\b|<\?xml|<head\b|<body\b|<!--[\s\S]{0,2000}?<html\b)/.test(head)) {
    throw new HoldfastError(
      'policy-is-html',
      `${name} is an HTML page, expected its text or Markdown. Capture or import the page, and add the version from that capture.`,
    );
  }
  if (isErrorPage(text)) {
    throw new HoldfastError(
      'policy-not-the-page',
      `${name} is no text of a policy: it says that its page could not be shown. It was left out, because it tells nothing of what was in force.`,
    );
  }
  return text;
}
