import type { ReactNode } from 'react';

interface Props {
  className?: string | undefined;
  label?: string;
  children: ReactNode;
}

/** One cell of a row of a `VirtualGrid`. */
export function Cell({ className, label, children }: Props) {
  return (
    // biome-ignore lint/a11y: the grid has the focus and takes the keys for its rows
    <div role="gridcell" aria-label={label} className={className}>
      {children}
    </div>
  );
}
