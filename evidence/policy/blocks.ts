/**
 * A policy text as blocks: headings, paragraphs, list items. Two forms are known: Markdown as written from a page, and
 * Markdown out of a PDF, in which each printed line is a paragraph of its own and must be joined to the next again.
 */
import { isBlank, type Line, printedWidth, toLines } from './lines.ts';
import {
  atxHeading,
  isBold,
  isDateLine,
  isItalic,
  isThematicBreak,
  leadIn,
  listLead,
  plain,
  readsAsHeading,
  saysNothing,
  underline,
} from './markup.ts';

export interface Block {
  kind: 'heading' | 'paragraph' | 'item' | 'nothing';
  /** Of headings: 1 is the outermost. Of items: how far it is set in. */
  level: number;
  /** Offsets in UTF-16 code units; `end` without the white space that follows. */
  start: number;
  end: number;
  text: string;
}

/** One or several lines that belong together before it is known what they are. */
interface Run {
  lines: Line[];
  /** Blank lines before it. */
  gap: number;
}

/** Whether each printed line stands alone, as in texts that came out of a PDF. */
function isPrinted(lines: readonly Line[]): boolean {
  const said = lines.filter(({ text }) => !isBlank(text));
  if (said.length < 20) return false;
  const alone = lines.filter((line, i) => !isBlank(line.text) && isBlank(lines[i + 1]?.text ?? '')).length;
  const goesOn = said.filter(({ text }) => /^[\p{Ll}]/u.test(text)).length;
  const long = said.filter(({ text }) => text.length > 180).length;
  return alone / said.length > 0.95 && goesOn / said.length > 0.15 && long === 0;
}

function runsOf(lines: readonly Line[]): Run[] {
  const runs: Run[] = [];
  let gap = 0;
  let open: Run | null = null;
  for (const line of lines) {
    if (isBlank(line.text)) {
      gap += 1;
      open = null;
      continue;
    }
    // A list lead begins anew whether or not a blank line stands before it; so does a heading.
    const begins =
      listLead(line.text) !== null || atxHeading(line.text) !== null || isThematicBreak(line.text);
    const isUnder =
      open !== null && underline(line.text) !== null && listLead(open.lines[0]?.text ?? '') === null;
    if (open !== null && (isUnder || !begins)) {
      open.lines.push(line);
      if (isUnder) open = null;
    } else {
      const run: Run = { lines: [line], gap };
      runs.push(run);
      const heading = atxHeading(line.text);
      open = heading !== null && heading.words !== '' ? null : run;
      if (isThematicBreak(line.text)) open = null;
    }
    gap = 0;
  }
  return runs;
}

const last = (run: Run): string => run.lines.at(-1)?.text.trim() ?? '';
const first = (run: Run): string => run.lines[0]?.text.trim() ?? '';

const beginsSmall = (text: string): boolean => /^[\p{Ll}(]/u.test(plain(text));

/** The title of a page among pages that were put into one text. */
const namesPage = (words: string): boolean =>
  /\b(?:policy|policies|rules)(?: \(\d{8}\*?\))?$/i.test(words) && words.split(' ').length <= 10;

/** Whether the printed line goes on in the next: it stands in mid-sentence, or the next word would not have fitted. */
function goesOn(run: Run, next: Run, width: number): boolean {
  if (next.gap !== 1 || listLead(first(next)) !== null) return false;
  const end = last(run);
  // A list lead alone on its line.
  if (listLead(end)?.rest === '') return true;
  const isSentence = /[.:!?]["”’)]*$/.test(plain(end));
  if (beginsSmall(first(next)) && !isSentence) return true;
  if (isBold(end) !== isBold(first(next))) return false;
  if (isSentence && (leadIn(first(next)) !== null || /^\W*(?:Note|Tip|Example):/.test(first(next))))
    return false;
  // So long a line without an end is no heading.
  if (!isSentence && !isBold(end) && printedWidth(plain(end)) > width * 0.82) return true;
  const word = plain(first(next)).split(' ')[0] ?? '';
  return printedWidth(`${plain(end)} ${word}`) > width;
}

/** How wide the page was printed: the widest of the lines that certainly go on. */
function pageWidth(runs: readonly Run[]): number {
  const full = runs
    .filter((run, i) => {
      const next = runs[i + 1];
      return (
        next?.gap === 1 && last(run).length > 60 && beginsSmall(first(next)) && /[\p{L},]$/u.test(last(run))
      );
    })
    .map((run) => printedWidth(plain(last(run))))
    .sort((a, b) => a - b);
  return full[Math.floor(full.length * 0.97)] ?? 46_000;
}

function joinPrinted(runs: readonly Run[]): Run[] {
  const width = pageWidth(runs);
  const joined: Run[] = [];
  for (const run of runs) {
    const before = joined.at(-1);
    // Items are set in, so that less stands on each of their lines.
    const isItem = before !== undefined && listLead(first(before)) !== null;
    if (before !== undefined && goesOn(before, run, isItem ? width * 0.93 : width))
      before.lines.push(...run.lines);
    else joined.push({ lines: [...run.lines], gap: run.gap });
  }
  return joined;
}

/** Of the heading that this run is; null where it is none. Unmarked ones must still be seen with what follows. */
function headingLevel(run: Run, text: string, printed: boolean): number | null {
  const atx = atxHeading(run.lines[0]?.text ?? '');
  if (atx !== null) return atx.level;
  const under = run.lines.length > 1 ? underline(last(run)) : null;
  if (under !== null) return under;
  const words = plain(text);
  const short = words.length <= 150 && !/[.;,]$/.test(words);
  if (isBold(text) && short) return printed && (run.gap >= 4 || namesPage(words)) ? 1 : 7;
  return isItalic(text) && short ? 8 : null;
}

function toBlock(run: Run, source: string, printed: boolean): Block {
  const start = run.lines[0]?.start ?? 0;
  const end = run.lines.at(-1)?.end ?? start;
  const text = source.slice(start, end);
  const at = { start, end, text };
  if (saysNothing(text) || isThematicBreak(first(run))) return { kind: 'nothing', level: 0, ...at };
  const level = headingLevel(run, text, printed);
  if (level !== null) return { kind: 'heading', level, ...at };
  const lead = listLead(run.lines[0]?.text ?? '');
  if (lead !== null) return { kind: 'item', level: lead.indent, ...at };
  // Set in under an item, it belongs to that item.
  if (!printed && /^(?: {4,}|\t)/.test(run.lines[0]?.text ?? '')) return { kind: 'item', level: 99, ...at };
  return { kind: 'paragraph', level: 0, ...at };
}

/** Unmarked headings: a few words on a line of their own, before what they stand over. */
function findPlainHeadings(blocks: Block[], printed: boolean): void {
  for (const [i, block] of blocks.entries()) {
    const next = blocks.slice(i + 1, i + 6).find(({ kind }) => kind !== 'nothing');
    if (block.kind !== 'paragraph' || next === undefined) continue;
    const isStamped = /\(\d{8}\*?\)(?:\*\*)?\s*$/.test(block.text) && block.text.length < 150;
    const isDated = isDateLine(next.text);
    const standsOver =
      next.kind === 'paragraph' ||
      (next.kind === 'item' && !printed) ||
      isDated ||
      (printed && next.kind === 'heading');
    if (isDateLine(block.text) || !(isStamped || (standsOver && readsAsHeading(block.text)))) continue;
    block.kind = 'heading';
    const isPage =
      i === 0 ||
      isStamped ||
      (printed && namesPage(plain(block.text))) ||
      (isDated && !/^overview$/i.test(plain(block.text)));
    block.level = isPage ? 1 : 8;
  }
}

/** Dates under a heading are part of it; a heading with a date stamp in brackets is the title of a page. */
function joinDates(blocks: readonly Block[], source: string): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const before = joined.at(-1);
    if (block.kind !== 'item' && isDateLine(block.text)) {
      if (before?.kind === 'heading') {
        before.end = block.end;
        before.text = source.slice(before.start, before.end);
        if (/\(\d{8}\*?\)/.test(block.text)) before.level = 1;
        continue;
      }
      block.kind = 'heading';
      block.level = 9;
    }
    if (block.kind === 'heading' && /\(\d{8}\*?\)/.test(block.text)) block.level = 1;
    // Of a title in two printed lines the second begins small.
    if (block.kind === 'heading' && before?.kind === 'heading' && /^[\p{Ll}]/u.test(plain(block.text))) {
      before.end = block.end;
      before.text = source.slice(before.start, before.end);
      before.level = Math.min(before.level, block.level);
      continue;
    }
    joined.push(block);
  }
  return joined;
}

/** The blocks of a text in order; white space between them belongs to none. */
export function toBlocks(source: string): Block[] {
  const lines = toLines(source);
  const printed = isPrinted(lines);
  const runs = runsOf(lines);
  const blocks = (printed ? joinPrinted(runs) : runs).map((run) => toBlock(run, source, printed));
  findPlainHeadings(blocks, printed);
  const joined = joinDates(blocks, source);
  const title = joined.find(({ kind }) => kind !== 'nothing');
  if (title?.kind === 'heading' && title.level >= 7 && title.level < 9) title.level = 1;
  return joined;
}
