/** The schemes of our own, and what a page under them may be. */
import { protocol } from 'electron';
import { artifactScheme, printScheme, replayScheme, windowScheme } from './own-urls.ts';

/** Must run before Electron is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    // Standard and secure, so that 'self', modules and the same-origin policy mean what they mean on the web.
    { scheme: windowScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
    // No fetch and no CORS: an artifact can be shown, not read by script. `stream` lets video seek.
    { scheme: artifactScheme, privileges: { standard: true, secure: true, stream: true } },
    { scheme: printScheme, privileges: { standard: true, secure: true } },
    // CORS, without which no font is loaded.
    { scheme: replayScheme, privileges: { standard: true, secure: true, stream: true, corsEnabled: true } },
  ]);
}
