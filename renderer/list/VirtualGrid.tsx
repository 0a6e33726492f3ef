import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { latinKey } from './latinKey.ts';
import classes from './list.module.css';
import { moveRow } from './moveRow.ts';

/** While a list is dragged past thousands of rows, only the place where it rests is fetched. */
const restMs = 80;
/** Rows shown as on their way before the first answer. */
const rowsBeforeAnswer = 8;

export interface ListPlace {
  /** Pixels. */
  scrollOffset: number;
  activeIndex: number;
}

interface Props {
  /** Says what the list is and which keys it takes. */
  label: string;
  /** Starts the ids of the rows; unique in the window. */
  name: string;
  /** Undefined until the first answer. */
  rowCount: number | undefined;
  /** The count will still grow, so assistive technology is told that it is not known. */
  countIsOpen?: boolean;
  /** Pixels. */
  rowHeight: number;
  /** The cells of a row, each with the role 'gridcell'; null while it is on its way. */
  renderCells(row: number): ReactNode | null;
  /** Undefined: rows cannot be picked. */
  isPicked?: (row: number) => boolean;
  onVisible(range: { first: number; last: number }): void;
  onOpen?: (row: number) => void;
  /** The row that the keyboard is on, whenever a key or a click moves it. */
  onActive?: (row: number) => void;
  /** A click only moves the keyboard there, and Enter alone opens. */
  opensByEnterOnly?: boolean;
  onPick?: (row: number) => void;
  /** Where the list was left; kept up to date. A plain object, because scrolling must not draw the screen again. */
  place: ListPlace;
  className?: string | undefined;
  gridRef?: RefObject<HTMLDivElement | null>;
  placeholder: ReactNode;
}

/**
 * A list of any length of which only the rows in view exist as elements. The keyboard belongs to the grid as a whole:
 * arrows, j and k, Page Up and Down, Home and End move, Enter opens, Space and x pick.
 */
export function VirtualGrid(props: Props) {
  const ownRef = useRef<HTMLDivElement>(null);
  const grid = props.gridRef ?? ownRef;
  const { place, onVisible, rowHeight } = props;
  const rowCount = props.rowCount ?? 0;
  const [wanted, setWanted] = useState(place.activeIndex);
  // A list that became shorter keeps the keyboard on its last row.
  const active = props.rowCount === undefined ? wanted : Math.max(0, Math.min(wanted, rowCount - 1));
  const virtualizer = useVirtualizer({
    count: props.rowCount ?? rowsBeforeAnswer,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: place.scrollOffset,
    onChange: (instance) => {
      place.scrollOffset = instance.scrollOffset ?? 0;
    },
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    const timer = setTimeout(() => onVisible({ first, last }), restMs);
    return () => clearTimeout(timer);
  }, [first, last, onVisible]);

  const activate = (row: number) => {
    place.activeIndex = row;
    setWanted(row);
    props.onActive?.(row);
  };
  const open = (row: number) => {
    activate(row);
    props.onOpen?.(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = latinKey(event);
    const onPage = Math.max(1, Math.floor((grid.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const target = moveRow(key, active, rowCount, onPage);
    if (target !== null) {
      activate(target);
      virtualizer.scrollToIndex(target, { align: 'auto' });
    } else if (key === 'Enter' && rowCount > 0) {
      open(active);
    } else if ((key === ' ' || key === 'x') && rowCount > 0) {
      props.onPick?.(active);
    } else {
      return;
    }
    event.preventDefault();
  };
  const activeShown = items.some((item) => item.index === active);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that are placed one by one
    <div
      ref={grid}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.countIsOpen === true ? -1 : rowCount}
      aria-multiselectable={props.isPicked !== undefined}
      aria-activedescendant={activeShown ? `${props.name}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={`${classes.grid} ${props.className ?? ''}`}
    >
      {/* As high as all rows together, so that the scroll bar tells the truth. */}
      <div role="presentation" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ key, index, start }) => {
          const cells = props.renderCells(index);
          return (
            // biome-ignore lint/a11y: the grid has the focus and takes the keys for its rows
            <div
              key={key}
              role="row"
              id={`${props.name}-${index}`}
              aria-rowindex={index + 1}
              aria-busy={cells === null || undefined}
              aria-selected={props.onActive === undefined ? props.isPicked?.(index) : index === active}
              data-active={index === active || undefined}
              data-opens={props.onOpen !== undefined || props.onActive !== undefined || undefined}
              className={classes.row}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              onClick={() => (props.opensByEnterOnly === true ? activate(index) : open(index))}
            >
              {cells ?? props.placeholder}
            </div>
          );
        })}
      </div>
    </div>
  );
}
