/** Tagging a post: what the rest of the program uses of it. */
export { requirePost } from './posts.ts';
export { addTag } from './tags/add.ts';
export { findQuote } from './tags/quotes.ts';
