import { counted } from '../shared/sizes.ts';

export const phraseMessages = {
  heading: 'Phrases',
  intro:
    'Words that suggest a clause wherever they stand in a post. A suggestion is marked as one and counts for nothing until a person makes it a tag.',
  folded:
    'Capital letters, marks on letters and joiners make no difference, as in the search; each word must be whole.',
  form: 'Add a phrase',
  text: 'Words',
  textHelp: 'One word or several that follow each other, in any script.',
  missingText: 'Type the words.',
  clause: 'Suggests the clause',
  clauseHelp: 'Of the starter pack, or of a dated policy.',
  missingClause: 'Choose a clause.',
  add: 'Add',
  added: 'The phrase was added',
  list: 'Phrases of this archive',
  count: (count: number) => counted(count, 'phrase'),
  column: { text: 'Words', clause: 'Suggests' },
  remove: 'Remove',
  removeWhat: (text: string) => `Remove the phrase ${text}`,
  removed: 'The phrase was removed. Tags that it suggested stay.',
  emptyTitle: 'No phrases yet',
  empty: 'Add words that come back in what you assess, and the clause that they point to.',
} as const;
