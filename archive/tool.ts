/** What program wrote an event. */
import manifest from '../package.json' with { type: 'json' };

export const tool = { name: 'holdfast', version: manifest.version };
