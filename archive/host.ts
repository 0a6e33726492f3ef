/** The archive host: the one process that opens the archive. */
import { makeDesk } from './desk.ts';
import { hostPort } from './host/ports.ts';
import { serveHost } from './host/serve.ts';

const desk = makeDesk();
serveHost(hostPort(), desk.handlers, desk.close);
