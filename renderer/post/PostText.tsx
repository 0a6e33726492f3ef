import { Text } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Quote } from '../../contract/model/clause.ts';
import { quoteBetween } from '../quote/codePoints.ts';
import { moveSpan, stepOf } from '../quote/keyboard.ts';
import { clearPaint, paintQuotes, selectedWithin, selectWithin } from '../quote/selection.ts';
import { postMessages as words } from './messages.ts';
import classes from './post.module.css';

interface Props {
  text: string;
  language: string | null;
  direction: 'ltr' | 'rtl' | null;
  quotes: readonly Quote[];
  draft: Quote | null;
  onSelect(quote: Quote | null): void;
}

/**
 * The text, once, as a single text node: offsets into the element are offsets into the text. Quotes are painted
 * over it and change nothing in it, so that letters which join across a quote's edge stay joined.
 */
export function PostText({ text, language, direction, quotes, draft, onSelect }: Props) {
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const listen = () => {
      const root = element.current;
      const selection = document.getSelection();
      if (root === null || selection === null) return;
      const touches = root.contains(selection.anchorNode) || root.contains(selection.focusNode);
      if (!touches) return;
      const span = selectedWithin(root, selection);
      onSelect(span === null ? null : quoteBetween(text, span.anchor, span.focus));
    };
    document.addEventListener('selectionchange', listen);
    return () => document.removeEventListener('selectionchange', listen);
  }, [text, onSelect]);

  useEffect(() => {
    if (element.current !== null) paintQuotes('quote', element.current, quotes);
  }, [quotes]);
  useEffect(() => {
    if (element.current !== null) paintQuotes('draft', element.current, draft === null ? [] : [draft]);
  }, [draft]);
  useEffect(() => clearPaint, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const root = event.currentTarget;
    if (event.key === 'Escape') {
      document.getSelection()?.removeAllRanges();
      onSelect(null);
      return;
    }
    if (event.altKey) return;
    const runs = getComputedStyle(root).direction === 'rtl' ? 'rtl' : 'ltr';
    const step = stepOf(event, runs);
    if (step === null) return;
    event.preventDefault();
    const span = moveSpan(text, language, selectedWithin(root, document.getSelection()), step);
    if (span !== null) selectWithin(root, span);
  };

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div
        ref={element}
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
