import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** Shade 8 carries white text at 4.5 : 1 or better (WCAG 2.2, 1.4.3), which Mantine's own default does not. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  defaultRadius: 'sm',
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
  headings: { fontWeight: '600' },
});

/** White words on green reach 4.5 : 1 only from here on. */
const green = {
  '--mantine-color-green-filled': '#237032',
  '--mantine-color-green-filled-hover': '#1c5a28',
};

/** Raises the quiet colours to readable contrast; the defaults stay below 4.5 : 1 on a light ground. */
export const readableColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...green,
    // The words on tinted grounds: alerts and light badges.
    '--mantine-color-red-light-color': '#a31515',
    '--mantine-color-orange-light-color': '#8a2f05',
    '--mantine-color-yellow-light-color': '#704200',
    '--mantine-color-green-light-color': '#17602a',
    '--mantine-color-blue-light-color': '#0b4a86',
    '--mantine-color-gray-light-color': 'var(--mantine-color-gray-9)',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
  },
  dark: {
    ...green,
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
});
