/** The archive host: the one process that opens the archive. */
import { makeDesk } from './desk.ts';
import { portOfThisProcess } from './host/ports.ts';
import { serveHost } from './host/serve.ts';

const desk = makeDesk();
serveHost(portOfThisProcess(), desk.handlers, desk.close);
