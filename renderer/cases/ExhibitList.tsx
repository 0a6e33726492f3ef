import { VisuallyHidden } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Exhibit } from '../../contract/model/case.ts';
import { unwrap } from '../bridge/call.ts';
import { keys, refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import classes from './cases.module.css';
import { ExhibitItem } from './ExhibitItem.tsx';
import { caseMessages as words } from './messages.ts';

interface Move {
  number: number;
  /** The place it goes to, from 0. */
  place: number;
}

/** The exhibits, to be put in order by buttons or by Alt and the arrow keys. */
export function ExhibitList({ caseId, exhibits }: { caseId: string; exhibits: readonly Exhibit[] }) {
  const client = useQueryClient();
  const list = useRef<HTMLOListElement>(null);
  /** What had the keyboard when it was moved: a node that changes its place loses it. */
  const held = useRef<string | null>(null);
  const [said, setSaid] = useState('');
  const moving = useMutation({
    mutationFn: ({ number, place }: Move) => {
      const rest = exhibits.filter((one) => one.number !== number);
      return unwrap(window.holdfast.moveExhibit({ caseId, number, before: rest[place]?.number ?? null }));
    },
    onSuccess: (contents, { number, place }) => {
      client.setQueryData([...keys.cases, caseId], contents);
      refresh(client, 'cases');
      setSaid(words.moved(number, place + 1, exhibits.length));
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is what it waits for
  useEffect(() => {
    if (held.current === null || document.activeElement !== document.body) return;
    list.current?.querySelector<HTMLElement>(`[data-hold="${held.current}"]:not(:disabled)`)?.focus();
    held.current = null;
  }, [exhibits]);

  const move = (number: number, place: number) => {
    if (place < 0 || place >= exhibits.length || moving.isPending) return;
    held.current = document.activeElement?.getAttribute('data-hold') ?? null;
    moving.mutate({ number, place });
  };
  const onKeyDown = (event: KeyboardEvent, number: number, place: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(number, event.key === 'ArrowUp' ? place - 1 : place + 1);
  };
  return (
    <>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {moving.isError && <FailureAlert error={moving.error} onClose={moving.reset} />}
      <ol ref={list} className={classes.exhibits} aria-label={words.exhibitList}>
        {exhibits.map((exhibit, place) => (
          <li key={exhibit.id} onKeyDown={(event) => onKeyDown(event, exhibit.number, place)}>
            <ExhibitItem
              caseId={caseId}
              exhibit={exhibit}
              isFirst={place === 0}
              isLast={place === exhibits.length - 1}
              onMove={(by) => move(exhibit.number, place + by)}
            />
          </li>
        ))}
      </ol>
    </>
  );
}
