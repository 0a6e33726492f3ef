/** To be imported first. zod tries whether it may make code out of strings; the page's policy forbids that, and reports the attempt. */
import { config } from 'zod';

config({ jitless: true });
