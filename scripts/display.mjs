/** A display for windows that nobody looks at: Xvfb, where the environment names none. */
import { spawn } from 'node:child_process';
import { SetupError } from './project.mjs';

/**
 * @returns {Promise<{ environment: Record<string, string>, stop: () => void }>} what to add to the environment
 *   of those who draw; nothing when a display is there already
 */
export function ensureDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY) {
    return Promise.resolve({ environment: {}, stop: () => {} });
  }
  return new Promise((resolve, reject) => {
    // The server picks a free number itself and writes it to descriptor 3: no race between two runs.
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const stop = () => server.kill();
    process.on('exit', stop);
    server.on('error', (error) => reject(displayError(error.message)));
    server.on('exit', (code) => reject(displayError(`exit code ${code}`)));
    let number = '';
    server.stdio[3].setEncoding('utf8').on('data', (text) => {
      number += text;
      if (number.endsWith('\n')) resolve({ environment: { DISPLAY: `:${number.trim()}` }, stop });
    });
  });
}

function displayError(why) {
  return new SetupError(`Xvfb did not start (${why}): set DISPLAY, or run \`npm run setup\`.`);
}
