import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './global.css';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { makeQueryClient } from './bridge/queryClient.ts';
import { applySystemColorScheme, forgetfulColorSchemeManager } from './colorScheme.ts';
import { keepFocus } from './keepFocus.ts';
import { Session } from './shell/Session.tsx';
import { publishStyleNonce, styleNonce } from './styleNonce.ts';
import { readableColors, theme } from './theme.ts';

applySystemColorScheme();
keepFocus(document);
const nonce = styleNonce();
publishStyleNonce(nonce);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html must hold an element with the id "root"');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <DirectionProvider detectDirection={false}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={readableColors}
          defaultColorScheme="auto"
          colorSchemeManager={forgetfulColorSchemeManager}
          getStyleNonce={() => nonce}
        >
          <Notifications position="bottom-right" />
          <Router hook={useHashLocation}>
            <Session />
          </Router>
        </MantineProvider>
      </DirectionProvider>
    </QueryClientProvider>
  </StrictMode>,
);
