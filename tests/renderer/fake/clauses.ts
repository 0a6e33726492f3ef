import type { Clause } from '../../../contract/model/clause.ts';
import { clauseSpace, idOf } from './ids.ts';

const drafts: [string, string, string, Clause['role'], string][] = [
  [
    'x/hateful-conduct',
    'Hateful conduct',
    'Safety',
    'prohibition',
    'No attacks on people for what they are, such as origin, faith, sex or disability.',
  ],
  [
    'x/glorification-of-violence',
    'Glorification of violence',
    'Safety',
    'prohibition',
    'No praise for acts of violence or for those who did them.',
  ],
  [
    'x/newsworthiness',
    'Public interest exception',
    'Safety',
    'exception',
    'A post of an elected official may stay up behind a notice.',
  ],
  [
    'meta/hate-speech',
    'Hateful conduct',
    'Community standards',
    'prohibition',
    'No dehumanising speech about protected groups.',
  ],
  [
    'meta/violence-incitement',
    'Violence and incitement',
    'Community standards',
    'prohibition',
    'No calls for serious harm.',
  ],
  [
    'youtube/hate-speech',
    'Hate speech policy',
    'Community guidelines',
    'prohibition',
    'No promotion of hatred against protected groups.',
  ],
  [
    'tiktok/hateful-behaviour',
    'Hateful behaviour',
    'Community guidelines',
    'prohibition',
    'No attacks on protected groups, and no denial of mass atrocities.',
  ],
];

/** A small starter pack in words of our own. */
export const clauses: readonly Clause[] = drafts.map(([key, title, policy, role, summary], index) => ({
  id: idOf(clauseSpace, index),
  key,
  platform: key.split('/')[0] ?? '',
  policy,
  title,
  role,
  url: `https://${key.split('/')[0]}.invalid/rules`,
  summary,
  pack: 'invented-pack',
}));
