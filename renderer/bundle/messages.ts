import { counted } from '../shared/sizes.ts';

export const bundleMessages = {
  heading: 'Make a bundle',
  intro:
    'A bundle is one zip file for others: the captured bytes, the posts and tags, the log lines that commit to them with proofs from the custody log, the timestamps that the log has, a signature, and the commands with which anyone can check it without Holdfast.',
  what: 'What goes in',
  all: (captures: number, posts: number) =>
    `Everything: ${counted(captures, 'capture')}, ${counted(posts, 'post')}`,
  picked: (captures: number) => `Only the captures picked in the library: ${captures}`,
  pickedHelp:
    'Pick captures in the library or the list of captures, with their boxes or the space bar. A capture goes in whole, with all its posts.',
  nothing: 'The archive holds no capture yet. Capture or import something first.',
  signer: 'Who signs',
  useIdentity: 'I have an identity file',
  newIdentity: 'Make a new identity',
  identity: 'Identity file (.p12)',
  identityHelp: 'Your key and certificate. It stays outside the archive.',
  lastIdentity: 'Used last with this archive on this computer. It stays outside the archive.',
  passphrase: 'Passphrase of the identity',
  browse: 'Choose',
  out: 'Where the bundle goes',
  suggestedBundle: (day: string) => `bundle-${day}.zip`,
  compile: 'Make and check the bundle',
  compiling: 'Making the bundle',
  missingPath: 'Choose where the bundle goes.',
  done: 'The bundle is ready',
  made: 'What was made',
  doneBad: 'The bundle was written, but its own check did not pass. Do not send it.',
  file: 'File',
  size: 'Size',
  hash: 'SHA-256 of the zip',
  contents: 'Contents',
  contentsOf: (captures: number, posts: number, tags: number, files: number) =>
    `${counted(captures, 'capture')}, ${counted(posts, 'post')}, ${counted(tags, 'tag')}, in ${counted(files, 'file')}`,
  id: 'Bundle id',
  verdict: 'Own check',
  ownCheck: {
    trusted: 'Every step passed, with your own certificate as the one to trust.',
    consistent:
      'No step failed. This check names no certificate to trust; a recipient who has yours and names it gets “trusted”.',
    failed: 'At least one step failed.',
  },
  showInFolder: 'Show in folder',
  another: 'Make another bundle',
  pathWhat: 'path',
  idWhat: 'bundle id',
  canTitle: 'What a stranger can check, without Holdfast and offline',
  can: [
    'That no file of the bundle was changed, removed or added since this signature.',
    'Which certificate signed it, by its fingerprint.',
    'That each capture, post and tag shown is the one that the custody log committed to, and stands in the log under its signed head.',
    'With the authority’s certificate, that what a timestamp covers existed no later than the authority says.',
  ],
  cannotTitle: 'What nobody can tell from it',
  cannot: [
    'That nothing was left out, or that this is the only log of the archive.',
    'That the name in a self-signed certificate is the signer’s: for that they need the fingerprint from you.',
    'That this computer’s clock was right. A time that no timestamp of an authority covers is the signer’s own claim.',
    'That what a page showed is true, or that its author is who it says. Imported files were collected by others.',
  ],
} as const;
