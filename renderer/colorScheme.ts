import type { MantineColorSchemeManager } from '@mantine/core';

/** Keeps the choice for this window only: the desk's settings are not written outside the archive. */
export const forgetfulColorSchemeManager: MantineColorSchemeManager = {
  get: (defaultValue) => defaultValue,
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
};

/** Sets the system's scheme before the first paint, so that a dark desk sees no white flash. */
export function applySystemColorScheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
}
