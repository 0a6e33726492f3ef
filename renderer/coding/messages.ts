import { counted, inDigits } from '../shared/sizes.ts';

export const codingMessages = {
  heading: 'Coding',
  intro:
    'Two or more people judge the same posts, drawn by chance, without seeing each other’s judgements. How often they agree says how much the assessments depend on who made them.',
  courtesy:
    'That the others’ judgements are not shown until you have finished is a courtesy of this program, no lock: whoever can open the archive could look them up by other means.',
  draw: 'Draw a sample',
  name: 'Name of the sample',
  missingName: 'Give it a name.',
  posts: 'How many posts',
  missingPosts: 'From 1 to 10,000.',
  seed: 'Seed (optional)',
  seedHelp:
    '64 hexadecimal digits, to draw again what somebody drew before. Left empty, a new one is made and kept.',
  badSeed: 'Expected 64 hexadecimal digits, or nothing.',
  drawIt: 'Draw',
  drawn: (posts: number, untagged: number) =>
    `${counted(posts, 'post')} drawn, ${untagged === 1 ? '1 of them had' : `${inDigits(untagged)} of them had`} no tag`,
  list: 'Samples of this archive',
  emptyTitle: 'No sample yet',
  empty: 'Draw one above; it takes posts with and without tags alike.',
  drawnBy: 'Drawn by',
  facts: (posts: number, population: number, untagged: number) =>
    `${counted(posts, 'post')} of ${inDigits(population)}; ${inDigits(untagged)} had no tag when it was drawn`,
  seedOf: 'Seed of the draw',
  progress: (judged: number, posts: number) => `${inDigits(judged)} of ${inDigits(posts)}`,
  coders: 'Who has judged how many',
  nobody: 'Nobody has judged any of them yet.',
  code: 'Code on',
  codeWhat: (name: string) => `Code on: ${name}`,
  result: 'Result',
  resultWhat: (name: string) => `Result of ${name}`,
  open: 'The result opens when you have judged every post of it.',
  back: 'Back to the samples',
  backToResult: 'Back to the result',
  // While coding.
  coding: (name: string) => `Coding: ${name}`,
  place: (judged: number, posts: number) => `Post ${inDigits(judged + 1)} of ${inDigits(posts)}`,
  blind:
    'Blind: what others may have said of this post is not shown until you have judged every post of the sample.',
  done: 'You have judged every post of this sample.',
  seeResult: 'See the result',
  // The result.
  resultOf: (name: string) => `Result: ${name}`,
  kappa:
    'Kappa says how much more often two people came to the same finding than chance alone would have it: 1 is always the same, 0 no more often than by chance, below 0 less often.',
  pairs: 'How often two people said the same',
  first: 'First',
  second: 'Second',
  both: 'Judged by both',
  sameFinding: 'Same finding',
  sameClauses: 'Also the same clauses',
  kappaColumn: 'Kappa',
  share: (count: number, of: number) =>
    of === 0 ? '–' : `${inDigits(count)} (${Math.round((count / of) * 100)} %)`,
  noKappa: 'cannot be said',
  noKappaWhy: 'Both always came to one and the same finding, which chance would give as well.',
  one: 'Only one person has judged it. A second one is needed to compare.',
  differ: 'Posts on which people differ',
  differCount: (count: number) => counted(count, 'post'),
  none: 'On no post do two people differ.',
  nothing: 'has not judged it',
  noAuthor: 'No author was read',
  openPost: 'Open the post',
} as const;
