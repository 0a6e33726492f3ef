/** A film in pieces, of which the page plays the first two. */
import { hlsPage } from '../hls.ts';

export const page = hlsPage(24, 2);
