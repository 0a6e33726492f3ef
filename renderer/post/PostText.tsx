import { Text } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import type { Quote } from '../../contract/model/clause.ts';
import { quoteBetween } from '../quote/codePoints.ts';
import { moveSpan, stepOf } from '../quote/keyboard.ts';
import { caretWithin, clearPaint, paintQuotes, selectedWithin, selectWithin } from '../quote/selection.ts';
import { postMessages as words } from './messages.ts';
import classes from './post.module.css';

export interface PostTextProps {
  text: string;
  language: string | null;
  direction: 'ltr' | 'rtl' | null;
  /** Of tags that are set. */
  quotes: readonly Quote[];
  /** Of the tag that is being made. */
  draft: readonly Quote[];
  suggested: readonly Quote[];
  textRef: RefObject<HTMLDivElement | null>;
  /** The words that are selected now; told as soon as the browser tells it. */
  onSelect(quote: Quote | null): void;
  /** Enter: keep the selected words and go on. */
  onKeep(): void;
  /** Backspace: take back what was kept last. */
  onTakeBack(): void;
  /** Escape, where nothing is selected. */
  onDropAll(): void;
}

/**
 * The text, once, as a single text node: offsets into the element are offsets into the text. Quotes are painted
 * over it and change nothing in it, so that letters which join across a quote's edge stay joined.
 */
export function PostText(props: PostTextProps) {
  const { text, language, direction, quotes, draft, suggested, textRef, onSelect } = props;

  useEffect(() => {
    const listen = () => {
      const root = textRef.current;
      const selection = document.getSelection();
      if (root === null || selection === null) return;
      const touches = root.contains(selection.anchorNode) || root.contains(selection.focusNode);
      if (touches) onSelect(quoteSelected(root, text));
    };
    document.addEventListener('selectionchange', listen);
    return () => document.removeEventListener('selectionchange', listen);
  }, [text, textRef, onSelect]);

  useEffect(() => {
    if (textRef.current !== null) paintQuotes('quote', textRef.current, quotes);
  }, [quotes, textRef]);
  useEffect(() => {
    if (textRef.current !== null) paintQuotes('draft', textRef.current, draft);
  }, [draft, textRef]);
  useEffect(() => {
    if (textRef.current !== null) paintQuotes('suggestion', textRef.current, suggested);
  }, [suggested, textRef]);
  useEffect(() => clearPaint, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const root = event.currentTarget;
    const selection = document.getSelection();
    if (event.altKey) return;
    if (event.key === 'Escape') {
      if (selectedWithin(root, selection) === null) props.onDropAll();
      selection?.removeAllRanges();
      onSelect(null);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      props.onKeep();
    } else if (event.key === 'Backspace') {
      event.preventDefault();
      props.onTakeBack();
    }
    const runs = getComputedStyle(root).direction === 'rtl' ? 'rtl' : 'ltr';
    const step = stepOf(event, runs);
    if (step === null) return;
    event.preventDefault();
    const from = selectedWithin(root, selection) ?? caretWithin(root, selection);
    const span = moveSpan(text, language, from, step);
    if (span === null) return;
    selectWithin(root, span);
    // The browser tells of it a little later; a key that follows at once must find it.
    onSelect(quoteBetween(text, span.anchor, span.focus));
  };

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div
        ref={textRef}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: words are selected in it from the keyboard
        tabIndex={0}
        aria-label={words.textLabel}
        dir={direction ?? 'auto'}
        lang={language ?? ''}
        translate="no"
        className={classes.text}
        onKeyDown={onKeyDown}
      >
        {text}
      </div>
      <Text size="xs" c="dimmed">
        {words.textHelp}
      </Text>
    </>
  );
}

/** The selected words of the text as a quote; null where none are selected. */
function quoteSelected(root: Node, text: string): Quote | null {
  const span = selectedWithin(root, document.getSelection());
  return span === null ? null : quoteBetween(text, span.anchor, span.focus);
}
