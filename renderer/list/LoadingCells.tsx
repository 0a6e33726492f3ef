import { Skeleton } from '@mantine/core';
import { Cell } from './Cell.tsx';
import classes from './list.module.css';

/** A row whose page is on its way. */
export function LoadingCells() {
  return (
    <Cell className={classes.wide} label="Loading">
      <Skeleton height={12} width="40%" mb={10} />
      <Skeleton height={12} width="85%" />
    </Cell>
  );
}
