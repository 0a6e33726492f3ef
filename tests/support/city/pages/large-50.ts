/** A page that asks for a file of 50 MB. */
import { largePage } from '../large.ts';

export const page = largePage(50);
