/** A page that asks for a file of 500 MB. */
import { largePage } from '../large.ts';

export const page = largePage(500);
