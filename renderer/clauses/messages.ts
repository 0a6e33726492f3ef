export const clauseMessages = {
  label: 'Clause',
  placeholder: 'Any part of its name, key or words',
  nothing: 'No clause has these words.',
  searching: 'Searching',
  none: 'Choose no clause',
  norm: 'law or designation',
  dated: 'Dated text.',
  pack: 'Name and link only.',
} as const;
