/** Selecting words without a mouse. All offsets are UTF-16 code units, in reading order. */

/** `anchor` stays, `focus` moves. */
export interface Span {
  anchor: number;
  focus: number;
}

export type Step =
  | { kind: 'word'; to: 'next' | 'previous' }
  | { kind: 'extend'; by: 'word' | 'character'; to: 'next' | 'previous' }
  | { kind: 'all' };

interface Segment {
  start: number;
  end: number;
}

function wordsOf(text: string, language: string | null): Segment[] {
  const words: Segment[] = [];
  for (const part of segmenter(language, 'word').segment(text)) {
    // Emoji are no words to the segmenter, yet people quote them.
    const isEmoji = /\p{Extended_Pictographic}/u.test(part.segment);
    if (part.isWordLike === true || isEmoji) {
      words.push({ start: part.index, end: part.index + part.segment.length });
    }
  }
  return words;
}

function segmenter(language: string | null, granularity: 'word' | 'grapheme'): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language ?? undefined, { granularity });
  } catch {
    // The source declared the language, so it may be no language tag at all.
    return new Intl.Segmenter(undefined, { granularity });
  }
}

function characterBoundary(text: string, from: number, to: 'next' | 'previous'): number {
  const characters = segmenter(null, 'grapheme').segment(text);
  if (to === 'next') {
    const at = characters.containing(from);
    return at === undefined ? text.length : at.index + at.segment.length;
  }
  return from <= 0 ? 0 : (characters.containing(from - 1)?.index ?? 0);
}

/**
 * In: the text, its declared language, the selection so far (null: none), and a step.
 * Out: the new selection; the old one where there is nothing further that way; null where the text has no words.
 */
export function moveSpan(text: string, language: string | null, span: Span | null, step: Step): Span | null {
  if (step.kind === 'all') return text === '' ? null : { anchor: 0, focus: text.length };
  const words = wordsOf(text, language);
  if (step.kind === 'extend' && span !== null) {
    if (step.by === 'character') {
      return { anchor: span.anchor, focus: characterBoundary(text, span.focus, step.to) };
    }
    const edge =
      step.to === 'next'
        ? words.find((word) => word.end > span.focus)?.end
        : words.findLast((word) => word.start < span.focus)?.start;
    return edge === undefined ? span : { anchor: span.anchor, focus: edge };
  }
  const start = span === null ? -1 : Math.min(span.anchor, span.focus);
  const end = span === null ? 0 : Math.max(span.anchor, span.focus);
  const word =
    step.to === 'next'
      ? words.find((candidate) => candidate.start >= end)
      : span === null
        ? words.at(-1)
        : words.findLast((candidate) => candidate.end <= start);
  return word === undefined ? span : { anchor: word.start, focus: word.end };
}

/**
 * The step that a key asks for, or null. Left and right are directions on the screen, so in text that runs
 * from right to left the left arrow goes on to the next word.
 */
export function stepOf(
  key: { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean },
  direction: 'ltr' | 'rtl',
): Step | null {
  const command = key.ctrlKey || key.metaKey;
  if (command && key.key.toLowerCase() === 'a') return { kind: 'all' };
  if (key.key !== 'ArrowLeft' && key.key !== 'ArrowRight') return null;
  const to = (key.key === 'ArrowRight') === (direction === 'ltr') ? 'next' : 'previous';
  if (!key.shiftKey) return { kind: 'word', to };
  return { kind: 'extend', by: command ? 'word' : 'character', to };
}
