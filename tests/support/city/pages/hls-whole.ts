/** A film in pieces, played to its end. */
import { hlsPage } from '../hls.ts';

export const page = hlsPage(23, 4);
