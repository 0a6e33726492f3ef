/**
 * A policy text as parts: headings and clauses that follow each other without a gap, so that every byte belongs to
 * exactly one. White space and what says nothing (pictures, lines) belong to the part before; at the beginning, to the
 * first.
 */
import type { ClauseRole, PolicyPart } from '../../contract/model/policy.ts';
import { type Block, toBlocks } from './blocks.ts';
import { isDateLine, leadIn, plain } from './markup.ts';
import { proposeRole } from './role.ts';

/** Changed whenever the same text would be split or its roles proposed otherwise; versions keep the parts that they were recorded with. */
export const splitterVersion = '2';

/** A part with its words; offsets in UTF-16 code units, `end` where the next begins. */
export interface SplitPart {
  kind: 'heading' | 'clause';
  /** Of headings: 1 is the outermost; 0 for clauses. */
  level: number;
  start: number;
  end: number;
  /** Exact, without the white space at both ends. */
  text: string;
  /** Of a clause: its lead-in words, else the heading over it; may be empty. Of a heading: its words. */
  title: string;
  /** The headings over it, outermost first. */
  path: readonly string[];
  role: ClauseRole | null;
}

/** Whether this list item belongs to the sentence before it and is no rule by itself. */
function belongsToSentence(item: Block, before: Block | undefined, listLevel: number): boolean {
  if (before === undefined || before.kind === 'heading') return false;
  if (item.level > listLevel) return true;
  if (leadIn(item.text) !== null) return false;
  const sentence = plain(before.text);
  const words = plain(item.text.replace(/^\s*\S+\s*/, ''));
  return /[:,]$|[–—-]$/.test(sentence) || /^[\p{Ll}]/u.test(words) || /\b(?:and|or)[;,]?$/.test(sentence);
}

interface Draft extends Omit<SplitPart, 'end' | 'text' | 'role'> {
  /** Of its own blocks, without what says nothing. */
  until: number;
}

class Splitter {
  readonly drafts: Draft[] = [];
  readonly #path: { level: number; words: string }[] = [];
  /** The paragraph that a list follows, and how far the list is set in. */
  #lead: Block | undefined;
  #listLevel = 0;
  #inList = false;

  add(block: Block): void {
    if (block.kind === 'nothing') return;
    if (block.kind === 'heading') this.#heading(block);
    else if (block.kind === 'item') this.#item(block);
    else this.#paragraph(block);
  }

  #heading(block: Block): void {
    const words = headingWords(block.text);
    while ((this.#path.at(-1)?.level ?? 0) >= block.level) this.#path.pop();
    const path = this.#path.map((heading) => heading.words);
    this.drafts.push({
      kind: 'heading',
      level: block.level,
      start: block.start,
      until: block.end,
      title: words,
      path,
    });
    // A date alone stands over nothing.
    if (block.level < 9) this.#path.push({ level: block.level, words });
    this.#lead = undefined;
    this.#inList = false;
  }

  #item(block: Block): void {
    if (!this.#inList) this.#listLevel = block.level;
    this.#inList = true;
    const before = this.drafts.at(-1);
    if (before?.kind === 'clause' && belongsToSentence(block, this.#lead, this.#listLevel))
      before.until = block.end;
    else {
      this.#clause(block);
      // What an item introduces belongs to it, also where the page lost how far that was set in.
      if (this.#lead === undefined || block.text.trimEnd().endsWith(':')) this.#lead = block;
    }
  }

  #paragraph(block: Block): void {
    this.#clause(block);
    this.#lead = block;
    this.#inList = false;
  }

  #clause({ start, end, text }: Block): void {
    const path = this.#path.map(({ words }) => words);
    const title = leadIn(text) ?? path.at(-1) ?? '';
    this.drafts.push({ kind: 'clause', level: 0, start, until: end, title, path });
  }
}

function headingWords(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => !/^ {0,3}(?:=+|-{2,})\s*$/.test(line));
  const words = plain(
    lines
      .filter((line, i) => i === 0 || !isDateLine(line))
      .join(' ')
      .replace(/^\s*#{1,6}\s/, ''),
  )
    .replace(/\s*\(\d{8}\*?\)/g, '')
    .replace(/\s#+$|^#+$/, '');
  return [...words].slice(0, 200).join('').trim();
}

/** Splits a text. Not empty: has at least one part, and the parts tile it. */
export function splitPolicy(source: string): SplitPart[] {
  const splitter = new Splitter();
  for (const block of toBlocks(source)) splitter.add(block);
  const { drafts } = splitter;
  if (drafts.length === 0) {
    return source === ''
      ? []
      : [
          {
            kind: 'clause',
            level: 0,
            start: 0,
            end: source.length,
            text: source.trim(),
            title: '',
            path: [],
            role: null,
          },
        ];
  }
  return drafts.map((draft, i) => {
    const { until, ...rest } = draft;
    const start = i === 0 ? 0 : draft.start;
    const end = drafts[i + 1]?.start ?? source.length;
    const text = source.slice(draft.start, until).trim();
    const heading = draft.title === draft.path.at(-1) ? '' : draft.title;
    const role = draft.kind === 'heading' ? null : proposeRole(plain(text), heading, draft.path);
    return { ...rest, start, end, text, role };
  });
}

/** The length of each part in bytes of UTF-8 and in code points: together, those of the whole text. */
export function measure(source: string, parts: readonly SplitPart[]): Pick<PolicyPart, 'bytes' | 'points'>[] {
  const encoder = new TextEncoder();
  return parts.map(({ start, end }) => {
    const slice = source.slice(start, end);
    let points = 0;
    for (const _ of slice) points += 1;
    return { bytes: encoder.encode(slice).length, points };
  });
}
