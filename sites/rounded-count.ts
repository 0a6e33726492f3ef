/** Counts as platforms show them to people: '1.2M', '12,345', '3 тыс.' is not read. */
export interface ShownCount {
  count: number;
  /** The platform rounded it: the count is right only as far as its digits go. */
  isRounded: boolean;
  shown: string;
}

const factors: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };

/** Null for what is no such count: words around it, another language's abbreviations. */
export function roundedCount(text: string): ShownCount | null {
  const shown = text.trim();
  const exact = /^\d{1,3}(?:[,\u00a0\u202f ]\d{3})*$|^\d{1,15}$/.test(shown)
    ? shown.replace(/\D/g, '')
    : null;
  if (exact !== null) return { count: Number(exact), isRounded: false, shown };
  const [, digits, unit] = /^(\d{1,4}(?:\.\d{1,3})?) ?([KMB])$/i.exec(shown) ?? [];
  const factor = factors[(unit ?? '').toUpperCase()];
  if (digits === undefined || factor === undefined) return null;
  return { count: Math.round(Number(digits) * factor), isRounded: true, shown };
}
