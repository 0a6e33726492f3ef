/**
 * Where a key leads in a list of rows.
 * In: the key, the row it was pressed on, how many rows there are and how many fit on the screen.
 * Out: the row to go to, or null for a key that moves nothing.
 */
export function moveRow(key: string, from: number, count: number, onPage: number): number | null {
  const target = targetOf(key, from, count, onPage);
  if (target === null || count === 0) return null;
  return Math.min(count - 1, Math.max(0, target));
}

function targetOf(key: string, from: number, count: number, onPage: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return from + 1;
    case 'ArrowUp':
    case 'k':
      return from - 1;
    case 'PageDown':
      return from + onPage;
    case 'PageUp':
      return from - onPage;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
