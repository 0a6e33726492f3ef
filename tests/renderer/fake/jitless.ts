/** The window's content security policy allows no code made of strings; told before any schema is made. */
import { z } from 'zod';

z.config({ jitless: true });
