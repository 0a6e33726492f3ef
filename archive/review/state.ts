/** What the reviews make of a tag. */
export { tagState, type Word } from '../../evidence/review/state.ts';
