/** JSON out of the body of an answer. Attacker-controlled: what cannot be read is said in words. */

/** Bytes of one answer that is still parsed. */
export const MAX_JSON_BYTES = 16 * 1024 * 1024;
/** Lines of an answer that streams one document a line. */
const MAX_LINES = 100_000;

export interface ParsedJson {
  /** One document, or one a line. */
  values: unknown[];
  /** The bytes were no valid UTF-8, or some lines no JSON: as the end of a sentence that begins with the address. */
  faults: string[];
}

function decoded(body: Uint8Array): { text: string; faults: string[] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(body), faults: [] };
  } catch {
    const faults = ['holds bytes that are not valid UTF-8; they are shown as \uFFFD'];
    return { text: new TextDecoder('utf-8').decode(body), faults };
  }
}

/** What some platforms put in front of their JSON, so that no other site can run it as a script. */
const guard = /^\s*(?:for\s*\(;;\);|while\s*\(1\);|\)\]\}',?)/;

function parsed(text: string): { value: unknown } | null {
  try {
    const value: unknown = JSON.parse(text.replace(guard, ''));
    return { value };
  } catch {
    return null;
  }
}

/** Reads one document, or one a line as streams send them. Never throws. */
export function parseJson(body: Uint8Array): ParsedJson {
  if (body.length > MAX_JSON_BYTES) {
    return {
      values: [],
      faults: [`has ${body.length} bytes, more than the ${MAX_JSON_BYTES} that are read`],
    };
  }
  const { text, faults } = decoded(body);
  const whole = parsed(text);
  if (whole !== null) return { values: [whole.value], faults };
  const lines = text.split('\n', MAX_LINES + 1).filter((line) => line.trim() !== '');
  const read = lines.slice(0, MAX_LINES).flatMap((line) => parsed(line) ?? []);
  if (read.length < 2 && lines.length !== read.length)
    return { values: [], faults: [...faults, 'is not valid JSON and was not read'] };
  if (lines.length > read.length)
    faults.push(`has ${lines.length - read.length} lines that are not valid JSON`);
  return { values: read.map(({ value }) => value), faults };
}
