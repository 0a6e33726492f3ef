import {
  type KeyboardEvent,
  type PointerEvent,
  type Ref,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { Region } from '../../contract/model/redaction.ts';
import { artifactAddress } from '../post/artifactAddress.ts';
import classes from './cover.module.css';
import { coverMessages as words } from './coverMessages.ts';
import { byKey, drawn, fitted, type Size } from './regions.ts';

export interface Surface {
  /** What is seen of the picture, in its pixels. */
  seen(): Region;
  /** Pixels of the screen for one of the picture. */
  scale(): number;
  /** The keyboard goes to the picture. */
  focus(): void;
}

interface Props {
  ref: Ref<Surface>;
  sha256: string;
  regions: readonly Region[];
  /** Parts that are covered already and stay as they are. */
  covered: readonly Region[];
  /** Null: as wide as there is room. */
  zoom: number | null;
  /** Null until the picture is there. */
  size: Size | null;
  onSize(size: Size): void;
  onFailed(): void;
  onDrawn(region: Region): void;
  onChange(at: number, region: Region): void;
  onRemove(at: number): void;
}

/** What the pointer does: draws a part, moves one, or pulls at its corner. */
type Pull = { what: 'draw' } | { what: 'move' | 'resize'; at: number; region: Region };

/**
 * The picture with the parts over it. A pointer draws, moves and pulls; each part is a button that arrow keys move and
 * resize. Left is left on a picture, whatever the direction of the window.
 */
export function CoverSurface(props: Props) {
  const { ref, sha256, regions, covered, zoom, size, onSize, onFailed, onDrawn, onChange, onRemove } = props;
  const frame = useRef<HTMLElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const pull = useRef<(Pull & { from: { x: number; y: number } }) | null>(null);
  const [draft, setDraft] = useState<Region | null>(null);

  const scale = (): number =>
    size === null || sheet.current === null ? 1 : sheet.current.clientWidth / size.width;
  useImperativeHandle(ref, () => ({
    scale,
    focus: () => frame.current?.focus(),
    seen: () => {
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = frame.current ?? document.body;
      const by = scale();
      const [width, height] = [size?.width ?? 0, size?.height ?? 0];
      return {
        x: scrollLeft / by,
        y: scrollTop / by,
        width: Math.min(width, clientWidth / by),
        height: Math.min(height, clientHeight / by),
      };
    },
  }));

  const pointOf = ({ clientX, clientY }: PointerEvent): { x: number; y: number } => {
    const { left, top } = sheet.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return { x: (clientX - left) / scale(), y: (clientY - top) / scale() };
  };
  const start = (event: PointerEvent<HTMLElement>, what: Pull): void => {
    if (event.button !== 0 || size === null) return;
    event.stopPropagation();
    sheet.current?.setPointerCapture(event.pointerId);
    pull.current = { ...what, from: pointOf(event) };
  };
  const move = (event: PointerEvent): void => {
    const { current } = pull;
    if (current === null || size === null) return;
    const to = pointOf(event);
    if (current.what === 'draw') {
      setDraft(drawn(current.from, clamp(to, size), size));
      return;
    }
    const [dx, dy] = [to.x - current.from.x, to.y - current.from.y];
    const { x, y, width, height } = current.region;
    onChange(
      current.at,
      current.what === 'move'
        ? fitted({ x: x + dx, y: y + dy, width, height }, size)
        : fitted(
            {
              x,
              y,
              width: Math.min(width + dx, size.width - x),
              height: Math.min(height + dy, size.height - y),
            },
            size,
          ),
    );
  };
  const end = (): void => {
    if (pull.current?.what === 'draw' && draft !== null) onDrawn(draft);
    pull.current = null;
    setDraft(null);
  };
  const onKey = (event: KeyboardEvent, at: number, region: Region): void => {
    if (size === null) return;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      onRemove(at);
      return;
    }
    const next = byKey(region, { key: event.key, resize: event.shiftKey, fine: event.altKey }, size);
    if (next === null) return;
    event.preventDefault();
    onChange(at, next);
  };
  const place = ({ x, y, width, height }: Region) =>
    size === null
      ? {}
      : {
          left: `${(x / size.width) * 100}%`,
          top: `${(y / size.height) * 100}%`,
          width: `${(width / size.width) * 100}%`,
          height: `${(height / size.height) * 100}%`,
        };
  return (
    <section
      ref={frame}
      className={classes.frame}
      aria-label={words.picture}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard
      tabIndex={0}
      dir="ltr"
    >
      <div
        ref={sheet}
        className={classes.sheet}
        style={{ width: zoom === null || size === null ? '100%' : `${Math.round(size.width * zoom)}px` }}
        onPointerDown={(event) => start(event, { what: 'draw' })}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={() => {
          pull.current = null;
          setDraft(null);
        }}
      >
        <img
          className={classes.image}
          src={artifactAddress(sha256)}
          alt={words.pictureAlt}
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            onSize({ width, height })
          }
          onError={onFailed}
        />
        {covered.map((region) => (
          <div key={JSON.stringify(region)} className={classes.covered} style={place(region)} />
        ))}
        {draft !== null && <div className={classes.draft} style={place(draft)} />}
        {regions.map((region, at) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name but its place in the list
            key={at}
            type="button"
            className={classes.part}
            style={place(region)}
            aria-label={words.partAt(at + 1, region)}
            onPointerDown={(event) => start(event, { what: 'move', at, region })}
            onKeyDown={(event) => onKey(event, at, region)}
          >
            <span aria-hidden className={classes.number}>
              {at + 1}
            </span>
            <span
              aria-hidden
              className={classes.corner}
              onPointerDown={(event) => start(event, { what: 'resize', at, region })}
            />
          </button>
        ))}
      </div>
    </section>
  );
}

function clamp({ x, y }: { x: number; y: number }, { width, height }: Size): { x: number; y: number } {
  return { x: Math.min(Math.max(x, 0), width), y: Math.min(Math.max(y, 0), height) };
}
