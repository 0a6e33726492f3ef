import { counted } from '../shared/sizes.ts';

export const personaMessages = {
  heading: 'Personas',
  intro:
    'A persona is who looks at pages: with a session of its own, in a language, from a time zone, with a browser that it says it has, by its own way into the network. Choose it in the capture view before the first page.',
  limits:
    'Nothing of a persona leaves in a bundle. What a page itself shows of whoever is signed in, such as a name in a corner, stands in the page and its picture: look before you pass it on.',
  plain:
    'This archive is not encrypted, so no sessions are kept in it: a persona signs in anew each time the view was closed.',
  one: 'Persona',
  noPersona: 'No persona (fresh session)',
  add: 'Make a persona',
  change: 'Change',
  changeWhat: (name: string) => `Change ${name}`,
  save: 'Save',
  make: 'Make',
  cancel: 'Cancel',
  made: 'The persona was made',
  changed: 'The persona was changed. Pages that are open keep what they were opened with.',
  name: 'Name',
  nameHelp: 'For you; it never leaves the archive.',
  colour: 'Colour',
  colourHelp: 'Around its pages.',
  languages: 'Languages',
  languagesHelp: 'Tags with commas, best first: fa-IR, fa, en. Empty: the browser’s own.',
  timeZone: 'Time zone',
  timeZoneHelp: 'Such as Asia/Tehran. Empty: this computer’s.',
  userAgent: 'User agent',
  userAgentHelp:
    'Whole, of a Chrome, Edge or Opera: copy it from such a browser. Empty: this browser’s own, which is the least conspicuous.',
  proxy: 'Proxy',
  proxyHelp:
    'http://, https:// or socks5:// with host and port. Everything goes through it, and nothing where it does not answer. Empty: the system’s way.',
  list: 'Personas of this archive',
  column: { name: 'Persona', says: 'Says', session: 'Session', acts: '' },
  own: 'the browser’s own language, this computer’s time zone',
  through: (proxy: string) => `through ${proxy}`,
  kept: (time: string) => `kept ${time} UTC`,
  none: 'none kept',
  captures: (count: number) => counted(count, 'capture'),
  retired: 'retired',
  clear: 'Clear the session',
  clearWhat: (name: string) => `Clear the session of ${name}`,
  cleared: 'The session was deleted',
  retire: 'Retire',
  retireWhat: (name: string) => `Retire ${name}`,
  retireAgain: 'Retire for good',
  retireHelp: 'Its session is deleted and it makes no more captures. What it captured stays.',
  retiredNow: 'The persona was retired',
  emptyTitle: 'No personas yet',
  empty: 'Without one the capture view begins each time with a fresh session.',
} as const;

export const colourNames = {
  red: 'Red',
  orange: 'Orange',
  lime: 'Lime',
  teal: 'Teal',
  blue: 'Blue',
  violet: 'Violet',
  pink: 'Pink',
  gray: 'Gray',
} as const;
