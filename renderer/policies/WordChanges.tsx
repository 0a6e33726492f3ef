import { Text } from '@mantine/core';
import type { WordChange } from '../../contract/model/policy.ts';
import classes from './policies.module.css';
import { readable } from './readable.ts';

interface Props {
  words: readonly WordChange[];
  /** Which side to show; null: both in one text. */
  side: 'before' | 'after' | null;
}

const hidden = { before: 'added', after: 'removed' } as const;

/** Words that went and came, told apart by line and colour, and by element for those who do not see them. */
export function WordChanges({ words, side }: Props) {
  const shown = words.filter(({ op }) => side === null || op !== hidden[side]);
  return (
    <Text size="sm" dir="auto" className={classes.text ?? ''}>
      {shown.map(({ op, text }, at) => {
        // biome-ignore-start lint/suspicious/noArrayIndexKey: the pieces have no name but their place, and never move
        if (op === 'added') {
          return (
            <ins key={at} className={classes.added}>
              {readable(text)}
            </ins>
          );
        }
        if (op === 'removed') {
          return (
            <del key={at} className={classes.removed}>
              {readable(text)}
            </del>
          );
        }
        return <span key={at}>{readable(text)}</span>;
        // biome-ignore-end lint/suspicious/noArrayIndexKey: as above
      })}
    </Text>
  );
}
