import type { ReactNode } from 'react';

interface Props {
  onSubmit(): void;
  children: ReactNode;
}

/** A form that we check ourselves: the browser neither complains in its own words nor goes anywhere. */
export function Form({ onSubmit, children }: Props) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
