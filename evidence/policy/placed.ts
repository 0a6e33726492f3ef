/** The words of a part of a policy text, and where exactly they stand. */

export interface PlacedText {
  /** Without the white space around it. */
  text: string;
  /** In the text of the version, end exclusive: in bytes of UTF-8 and in code points. */
  bytes: [number, number];
  points: [number, number];
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** `version`: the exact bytes of the whole text. `part`: where it starts, and its length in bytes. */
export function placedText(
  version: Uint8Array,
  part: { startByte: number; startPoint: number; bytes: number },
): PlacedText {
  const whole = decoder.decode(version.subarray(part.startByte, part.startByte + part.bytes));
  const text = whole.trim();
  const before = whole.slice(0, whole.indexOf(text));
  const startByte = part.startByte + encoder.encode(before).length;
  const startPoint = part.startPoint + [...before].length;
  return {
    text,
    bytes: [startByte, startByte + encoder.encode(text).length],
    points: [startPoint, startPoint + [...text].length],
  };
}
