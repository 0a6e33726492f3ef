/** A host process for tests: the real transport around handlers that hold no archive. */
import { portOfThisProcess } from '../../../archive/host/ports.ts';
import { serveHost } from '../../../archive/host/serve.ts';
import { testHandlers } from './test-handlers.ts';

serveHost(portOfThisProcess(), testHandlers(), async () => undefined);
