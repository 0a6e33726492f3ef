const units = ['KiB', 'MiB', 'GiB', 'TiB'];

/** In: bytes. Out: `1.5 MiB (1,572,864 bytes)`: readable, and exact enough to compare. */
export function inBytes(bytes: number): string {
  const exact = `${inDigits(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 1024) return exact;
  return `${roundedBytes(bytes)} (${exact})`;
}

/** In: bytes. Out: `1.5 MiB`. */
export function roundedBytes(bytes: number): string {
  let value = bytes;
  let unit = '';
  for (const next of units) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return unit === '' ? `${inDigits(bytes)} bytes` : `${value.toFixed(1)} ${unit}`;
}

/** In: seconds. Out: `20 seconds`, `3 minutes`. */
export function roundedSeconds(seconds: number): string {
  if (seconds < 90) return counted(Math.max(1, Math.round(seconds)), 'second');
  return counted(Math.round(seconds / 60), 'minute');
}

/** Digits grouped in threes: `100,000`. */
export function inDigits(count: number): string {
  return new Intl.NumberFormat('en-GB').format(count);
}

/** `1 post`, `2 posts`, `100,000 posts`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${inDigits(count)} ${count === 1 ? one : many}`;
}
