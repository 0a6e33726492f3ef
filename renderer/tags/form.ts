/** What stands in the tag form of a post, and the draft that is made of it. */
import type { HostInput } from '../../contract/channels.ts';
import type { Failure } from '../../contract/errors.ts';
import type { Quote } from '../../contract/model/clause.ts';
import type { ExceptionAnswer, Finding, Sure } from '../../contract/model/tag.ts';

/** A clause as far as it takes to name it. */
export interface NamedClause {
  key: string;
  title: string;
}

export interface AnswerState {
  answer: ExceptionAnswer;
  because: string;
}

export interface TagForm {
  /** Quotes that were kept, to select another. */
  kept: readonly Quote[];
  /** The words that are selected now. */
  selected: Quote | null;
  finding: Finding;
  clause: NamedClause | null;
  because: string;
  sure: Sure | null;
  account: boolean;
  /** By the key of the exception; what is missing was not answered. */
  answers: Readonly<Record<string, AnswerState>>;
  /** The phrase whose suggestion was accepted. */
  phrase: string | null;
  /** Saving was asked for, so what is missing is said. */
  tried: boolean;
  /** Why it came back. */
  failure: Failure | null;
}

export const emptyForm: TagForm = {
  kept: [],
  selected: null,
  finding: 'breach',
  clause: null,
  because: '',
  sure: null,
  account: false,
  answers: {},
  phrase: null,
  tried: false,
  failure: null,
};

/** All quotes of the form, those that were kept and the words that are selected. */
export function quotesOf({ kept, selected }: Pick<TagForm, 'kept' | 'selected'>): Quote[] {
  return selected === null ? [...kept] : [...kept, selected];
}

export interface Missing {
  clause: boolean;
  because: boolean;
}

export function missingIn({
  finding,
  clause,
  because,
}: Pick<TagForm, 'finding' | 'clause' | 'because'>): Missing {
  return { clause: finding === 'breach' && clause === null, because: because.trim() === '' };
}

/** Whether a form holds nothing that a person would miss. */
export function isUntouched(form: TagForm): boolean {
  const hasQuotes = form.kept.length > 0 || form.selected !== null;
  return !hasQuotes && form.clause === null && form.because === '' && form.failure === null;
}

/** Whether a form is as it is for a post that nobody has begun on. */
export function isEmpty(form: TagForm): boolean {
  const { finding, sure, account, phrase, tried } = emptyForm;
  return (
    isUntouched(form) &&
    form.finding === finding &&
    form.sure === sure &&
    form.account === account &&
    form.phrase === phrase &&
    form.tried === tried &&
    Object.keys(form.answers).length === 0
  );
}

/** The draft of a form in which nothing is missing; `quotes` in the order of the text. */
export function draftOf(form: TagForm, postId: string, quotes: readonly Quote[]): HostInput<'tags.add'> {
  const considered = Object.entries(form.answers)
    .filter(([, { answer }]) => answer !== 'not-considered')
    .map(([key, { answer, because }]) => ({
      key,
      answer,
      because: because.trim() === '' ? null : because.trim(),
    }));
  return {
    postId,
    clauseKey: form.clause?.key ?? null,
    finding: form.finding,
    because: form.because.trim(),
    sure: form.sure,
    quotes: [...quotes],
    account: form.account,
    considered,
    phrase: form.phrase,
  };
}
