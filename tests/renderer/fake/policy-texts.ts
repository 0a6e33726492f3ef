/** Invented rules of an invented platform, in three versions. */
const first = `The Ferry Rules
===============

We want everybody to cross in peace.

### Safety

Hateful conduct: You may not attack other people on the basis of race, religion or origin. [Learn more](https://rules.ferry.invalid/hateful).

Violence: You may not threaten violence against a person or a group of people.

Glorification of violence policy
================================

### What is in violation of this policy?

You may not glorify, celebrate or praise violent events, or those who carried them out.

### What is not a violation of this policy?

Exceptions may be made for violent acts by state actors, where violence was not aimed at a protected group.

### What happens if you violate this policy?

The first time you violate this policy, we will require you to remove this content. If you continue to violate this policy after receiving a warning, your account will be permanently suspended.

قوانین به زبان فارسی
====================

### گفتار نفرت‌انگیز

شما نباید دیگران را به سبب نژاد، دین یا ملیت آن‌ها آماج نفرت کنید.
`;

const longTitle =
  'Sensitive media, which is to say pictures and recordings of injuries, of the dead and of the dying: You may not post media that is excessively gory, share violent or adult content within live video, or show it in profile pictures.';

export const policyTexts: readonly { at: string; precision: 'day' | 'second'; text: string }[] = [
  { at: '2020-10-28T00:00:00.000Z', precision: 'day', text: first },
  {
    at: '2020-12-03T00:00:00.000Z',
    precision: 'day',
    text: first
      .replace('race, religion or origin', 'race, caste, religion, origin or serious disease')
      .replace('Violence: You may not', `${longTitle}\n\nViolence: You may not`),
  },
  {
    at: '2021-01-20T12:31:35.000Z',
    precision: 'second',
    text: first
      .replace('race, religion or origin', 'race, caste, religion, origin or serious disease')
      .replace('Violence: You may not', `${longTitle}\n\nViolence: You may not`)
      .replace('Violence: You may not threaten violence against a person or a group of people.\n\n', ''),
  },
];
