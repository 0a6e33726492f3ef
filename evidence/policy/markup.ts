/** What a line of a policy text is by its marks: Markdown, and what is left of a page that went through a PDF. */

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const day = '\\d{1,2}(?:st|nd|rd|th)?';
const date = `(?:${day} )?(?:${months})\\.?(?: ${day})?,? \\d{4}`;
const dateLine = new RegExp(
  `^(?:(?:released|effective|last updated|last modified|updated|published|current as of)\\b[:,]? ?(?:on )?)?${date}$`,
  'i',
);

/**
 * The words of a line as they read: links by their text, pictures gone, marks of emphasis gone, spaces single. Each
 * repetition is bounded, so that a text made to be slow is not.
 */
export function plain(text: string): string {
  return text
    .replace(/!\[[^\][]{0,500}\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,4000}\)/g, ' ')
    .replace(/\[((?:\\.|[^\]\\[]){0,1000})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}\)/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!<>~|-])/g, '$1')
    .replace(/&aposs?\b;?/g, (found) => (found.startsWith('&aposs') ? "'s" : "'"))
    .replace(/[*_]{2,}|(?<![\p{L}\p{N}])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}])/gu, '')
    .replace(/[\s\u00a0\u200b\ufeff]+/g, ' ')
    .trim();
}

/** `##  Words`: level and words, which may be missing when a page broke the line. Null: no such heading. */
export function atxHeading(line: string): { level: number; words: string } | null {
  const found = line.length > 1000 ? null : /^ {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/.exec(line);
  return found === null ? null : { level: found[1]?.length ?? 1, words: plain(found[2] ?? '') };
}

/** The line under a heading: 1 for `===`, 2 for `---`; null for any other. */
export function underline(line: string): 1 | 2 | null {
  if (/^ {0,3}=+\s*$/.test(line)) return 1;
  return /^ {0,3}-{2,}\s*$/.test(line) ? 2 : null;
}

export const isThematicBreak = (line: string): boolean =>
  /^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/.test(line.trimEnd());

/** A list lead and how far it is set in; null: none. */
export function listLead(line: string): { indent: number; lead: string; rest: string } | null {
  const found = /^(\s*)([-*+–](?=\s|$)|[•○◦▪●]|\d{1,3}[.)](?=\s|$)|\(?[a-z]\)(?=\s|$))\s*(.*)$/.exec(line);
  if (found === null) return null;
  const rest = (found[3] ?? '').trim();
  return { indent: (found[1] ?? '').replace(/\t/g, '    ').length, lead: found[2] ?? '', rest };
}

/** Whether all its words stand in bold, as headings of pages often do. */
export function isBold(text: string): boolean {
  const trimmed = text.trim();
  if (!/^(?:\*\*|__)/.test(trimmed)) return false;
  return (
    /[\p{L}\p{N}]/u.test(trimmed) &&
    plainOutside(trimmed, /(?:\*\*|__)(?:\\.|[^*_\\]|[*_](?![*_])){1,1000}?(?:\*\*|__)/g)
  );
}

/** Whether all its words stand in italics. */
export function isItalic(text: string): boolean {
  const trimmed = text.trim();
  return (
    /^[*_](?![*_\s])/.test(trimmed) &&
    plainOutside(trimmed, /(?<![*_])[*_](?![*_])[^*_]{1,1000}[*_](?![*_])/g)
  );
}

function plainOutside(text: string, marked: RegExp): boolean {
  const outside = text.replace(marked, '');
  return outside !== text && !/[\p{L}\p{N}]/u.test(outside);
}

/** A date alone, as pages put under a heading: 'October 2020', 'Effective May 17, 2024', '(20190407*)'. */
export function isDateLine(text: string): boolean {
  const words = plain(text).replace(/\*/g, '').trim();
  return /^\(\d{8}\)$/.test(words) || dateLine.test(words);
}

/** No letter and no digit in what is read: pictures, lines, spaces. */
export const saysNothing = (text: string): boolean => !/[\p{L}\p{N}]/u.test(plain(text));

/** Words that stand for a heading although nothing marks them: few, without an end of sentence. */
export function readsAsHeading(text: string): boolean {
  const words = plain(text);
  return (
    words.length <= 90 &&
    words.split(' ').length <= 13 &&
    /^[\p{Lu}\p{N}"“]/u.test(words) &&
    !/[.;,:!”"]$|[.!?;] /.test(words.replace(/^\d+[.)] /, '')) &&
    leadIn(text) === null &&
    !/^(?:learn|read|see|view|click|tap|select|submit|for more|back to|https?:)\b/i.test(words)
  );
}

/** Words before a colon that announce no rule of their own. */
const noTitle =
  /^(?:note|tip|tips|example|examples|for example|e\.g\.|i\.e\.|important|please note|https?|ps|q|a|or|and|update)$/i;

/** The lead-in words of a block ('Hateful conduct: …', '**Wish of harm.** …'); null where it begins with none. */
export function leadIn(text: string): string | null {
  const item = listLead(text.split('\n', 1)[0] ?? '');
  const body = item === null ? text.trim() : text.slice(text.indexOf(item.lead) + item.lead.length).trim();
  const bold = /^(?:\*\*|__)\s*([^*_\n]{2,90}?)\s*([:.–—-])?\s*(?:\*\*|__)\s*([:–—-])?\s*(?=\S)/.exec(body);
  if (bold !== null) {
    const isDefined = /^(?:is|are|means?|refers?|includes?)\b/.test(body.slice(bold[0].length));
    if (bold[2] !== undefined || bold[3] !== undefined || isDefined) return titleOf(bold[1] ?? '');
  }
  const words = plain(body);
  const found = /^([\p{Lu}\p{N}][^.:!?;“”"]{1,90}?):\s+\S/u.exec(words);
  return found === null ? null : titleOf(found[1] ?? '');
}

function titleOf(words: string): string | null {
  const title = plain(words).replace(/[\s:.–—-]+$/, '');
  // A sentence that ends in a colon introduces a list; a name of a rule is short and holds no verb of ordering.
  const isSentence =
    /\b(?:includes?|following|are|is|you|we|may|can|must|will|whether|not limited to|such as)\b/i.test(title);
  if (title === '' || noTitle.test(title) || title.split(' ').length > 10 || isSentence) return null;
  return title;
}
