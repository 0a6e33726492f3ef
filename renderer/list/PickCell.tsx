import { Checkbox } from '@mantine/core';
import classes from './list.module.css';

interface Props {
  label: string;
  picked: boolean;
  onPick(): void;
}

/** The box at the start of a row, for the mouse; the keyboard picks with Space. */
export function PickCell({ label, picked, onPick }: Props) {
  return (
    // biome-ignore lint/a11y: stops the click from opening the row as well
    <div role="gridcell" className={classes.pick} onClick={(event) => event.stopPropagation()}>
      <Checkbox size="xs" tabIndex={-1} checked={picked} onChange={onPick} aria-label={label} />
    </div>
  );
}
