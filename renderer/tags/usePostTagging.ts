/** What the keys and buttons of tagging do on the screen of a post. */
import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import type { Quote } from '../../contract/model/clause.ts';
import type { Post } from '../../contract/model/post.ts';
import type { Finding, Suggestion } from '../../contract/model/tag.ts';
import { unwrap } from '../bridge/call.ts';
import { useDesk } from '../bridge/desk.tsx';
import { keys } from '../bridge/queryClient.ts';
import { postRowHeight } from '../library/rowHeight.ts';
import { codeUnitsBefore } from '../quote/codePoints.ts';
import { joinQuotes } from '../quote/join.ts';
import { selectWithin } from '../quote/selection.ts';
import { quotesOf } from './form.ts';
import { holdKeys } from './heldKeys.ts';
import { commandOf, keepsItsKeys, type PostCommand } from './keys.ts';
import { tagMessages as words } from './messages.ts';
import { usePalette } from './queries.ts';
import { nameOf } from './suggestions.ts';
import type { TagFormFields } from './TagForm.tsx';
import { type TaggedPost, useTagging } from './tagging.tsx';

export interface PostTagging {
  select(quote: Quote | null): void;
  keepQuote(): void;
  takeBackQuote(): void;
  dropSelected(): void;
  dropAllQuotes(): void;
  chooseSlot(slot: string): void;
  save(): void;
  focusText(): void;
  accept(suggestion: Suggestion): void;
  passOver(suggestion: Suggestion): void;
}

/** The sample in which a post is judged. */
export interface Coding {
  id: string;
  /** A judgement was sent: the next post comes when it is in the archive. */
  onSent(): void;
}

interface Places {
  text: RefObject<HTMLDivElement | null>;
  fields: TagFormFields;
}

/** `blocked`: something lies over the screen and has the keyboard. */
export function usePostTagging(
  post: Post,
  who: string,
  suggestions: readonly Suggestion[],
  { text: textRef, fields }: Places,
  { blocked, onHelp, coding }: { blocked: boolean; onHelp(): void; coding?: Coding | undefined },
): PostTagging {
  const tagging = useTagging();
  const palette = usePalette();
  const go = useWalk(post.id);
  const { id } = post;
  const { text } = post.content;
  const tagged: TaggedPost = { id, text, who, coding: coding?.id ?? null };

  const select = useCallback(
    (selected: Quote | null) => {
      const before = tagging.form(id).selected;
      if (before?.start !== selected?.start || before?.end !== selected?.end)
        tagging.change(id, { selected });
    },
    [tagging, id],
  );
  /** The keyboard goes into the text; the caret to the end of `after`, so that arrows go on from there. */
  const focusText = (after?: Quote | null) => {
    const root = textRef.current;
    if (root === null) return document.querySelector('main')?.focus({ preventScroll: true });
    root.focus({ preventScroll: true });
    root.scrollIntoView({ block: 'nearest' });
    if (after == null) return;
    const at = codeUnitsBefore(text, after.end);
    selectWithin(root, { anchor: at, focus: at });
  };
  const keepQuote = () => {
    const form = tagging.form(id);
    if (form.selected === null) return;
    const last = form.selected;
    tagging.change(id, { kept: joinQuotes(text, quotesOf(form)), selected: null });
    tagging.say(words.keptQuote);
    focusText(last);
  };
  const dropSelected = () => {
    document.getSelection()?.removeAllRanges();
    select(null);
    focusText();
  };
  const save = () => {
    const last = quotesOf(tagging.form(id)).at(-1) ?? null;
    if (tagging.save(tagged)) {
      focusText(last);
      coding?.onSent();
    } else if (tagging.form(id).because.trim() === '' && document.activeElement !== fields.because.current) {
      fields.because.current?.focus();
    }
  };
  const choose = (
    clause: { key: string; title: string } | null,
    finding: Finding,
    phrase: string | null = null,
  ) => {
    tagging.change(id, { clause, finding, phrase, answers: {} });
    tagging.say(clause === null ? words.findingChosen(words.findings[finding]) : words.chosen(clause.title));
    fields.because.current?.focus();
  };
  const again = (clauseKey: string | null, finding: Finding) => {
    const because = tagging.reasonFor(clauseKey, finding);
    if (because === null) return tagging.say(words.noReasonYet);
    tagging.change(id, { because });
    save();
  };
  const chooseSlot = (slot: string, atOnce = false) => {
    const found = palette.data?.find((one) => one.slot === slot);
    if (found === undefined) return tagging.say(words.noSlot(slot));
    choose({ key: found.clauseKey, title: found.title }, 'breach');
    if (atOnce) again(found.clauseKey, 'breach');
  };
  const accept = (suggestion: Suggestion) => {
    const { phrase, quote } = suggestion;
    tagging.change(id, { kept: [], selected: quote });
    const root = textRef.current;
    if (root !== null) {
      selectWithin(root, {
        anchor: codeUnitsBefore(text, quote.start),
        focus: codeUnitsBefore(text, quote.end),
      });
    }
    choose({ key: phrase.clauseKey, title: phrase.clauseTitle }, 'breach', phrase.id);
  };
  const passOver = (suggestion: Suggestion) => {
    tagging.pass(nameOf(id, suggestion));
    tagging.say(words.passed);
    focusText();
  };

  const act = (command: PostCommand): void => {
    switch (command.kind) {
      case 'slot':
        chooseSlot(command.slot, command.again);
        break;
      case 'finding':
        choose(null, command.finding);
        if (command.again) again(null, command.finding);
        break;
      case 'go':
        if (coding === undefined) go(command.by);
        break;
      case 'find':
        fields.clause.current?.focus();
        break;
      case 'save':
        save();
        break;
      case 'help':
        onHelp();
        break;
      case 'suggestion':
        if (suggestions[0] === undefined) tagging.say(words.noSuggestion);
        else if (command.act === 'accept') accept(suggestions[0]);
        else passOver(suggestions[0]);
    }
  };
  const onKey = useRef((_event: KeyboardEvent) => {});
  onKey.current = (event) => {
    if (blocked || event.defaultPrevented || event.isComposing) return;
    if (leadsIntoText(event)) {
      const { key, code, shiftKey, ctrlKey } = event;
      event.preventDefault();
      textRef.current?.focus({ preventScroll: true });
      const again = { key, code, shiftKey, ctrlKey, bubbles: true, cancelable: true };
      textRef.current?.dispatchEvent(new KeyboardEvent('keydown', again));
      return;
    }
    const command = commandOf(event);
    if (command === null) return;
    const inForm =
      event.target instanceof Element && event.target.closest(`[aria-label="${words.form}"]`) !== null;
    if (keepsItsKeys(event.target) && !(command.kind === 'save' && inForm)) return;
    // Held down, a key leafs on; it does not set one tag after the other.
    if (event.repeat && command.kind !== 'go') return event.preventDefault();
    event.preventDefault();
    act(command);
  };
  // Before any key that waited for this screen is pressed again.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => onKey.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  return {
    select,
    keepQuote,
    takeBackQuote: () => tagging.change(id, { kept: tagging.form(id).kept.slice(0, -1) }),
    dropSelected,
    dropAllQuotes: () => tagging.change(id, { kept: [] }),
    chooseSlot,
    save,
    focusText,
    accept,
    passOver,
  };
}

/** An arrow to the side that was pressed before anything on the screen had the keyboard. */
function leadsIntoText({ key, altKey, target }: KeyboardEvent): boolean {
  const isNowhere = target === document.body || (target instanceof Element && target.matches('main'));
  return isNowhere && !altKey && (key === 'ArrowLeft' || key === 'ArrowRight');
}

/** To the next post of the list or the one before, with the posts around it asked for ahead of time. */
export function useWalk(postId: string): (by: 1 | -1) => void {
  const tagging = useTagging();
  const client = useQueryClient();
  const { libraryView } = useDesk();
  const [, navigate] = useLocation();
  useEffect(() => {
    let left = false;
    void tagging.walk.look(postId).then(() => {
      if (left) return;
      for (const near of tagging.walk.around(postId)) {
        void client.prefetchQuery({
          queryKey: [...keys.post, near],
          queryFn: () => unwrap(window.holdfast.getPost({ postId: near })),
        });
      }
    });
    return () => {
      left = true;
    };
  }, [tagging, client, postId]);

  const goNow = (by: 1 | -1): boolean => {
    const next = tagging.walk.next(postId, by);
    if (next === null) return false;
    if (next === 'end') {
      tagging.say(by === 1 ? words.lastPost : words.firstPost);
      return true;
    }
    libraryView.activeIndex = next.row;
    // Back in the list, the row is in view, with some before it.
    libraryView.scrollOffset = Math.max(0, (next.row - 3) * postRowHeight);
    tagging.arriving = true;
    navigate(`/post/${next.postId}`);
    return true;
  };
  return (by) => {
    if (goNow(by)) return;
    // Not known yet which post that is: what is pressed meanwhile belongs to it.
    const release = holdKeys();
    void tagging.walk.look(postId).then(() => {
      if (!goNow(by)) tagging.say(words.noList);
      release();
    });
  };
}
