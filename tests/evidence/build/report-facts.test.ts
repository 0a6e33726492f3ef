/** What the platform says of a post beside its words, in the report: escaped like everything that a source says. */
import { expect, test } from 'vitest';
import type { PostFacts } from '../../../contract/model/post-facts.ts';
import { renderBundle } from '../../../evidence/build/render.ts';
import { renderReport } from '../../../evidence/build/report/report.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { makeIdentity } from './bundle.ts';
import { samplePlan } from './sample.ts';

const hostile = '<img src=x onerror=alert(1)>';
const facts: PostFacts = {
  references: [{ relation: 'reposts', platformId: '9', url: null, handle: hostile, accountId: null }],
  counts: [{ of: 'likes', count: 5 }],
  links: [{ text: hostile, url: 'https://site.example/' }],
  poll: { options: [{ text: hostile, votes: null }], endsAt: null, closed: false, multiple: null },
  versions: [{ platformId: '16', at: null, text: null }],
  translation: { text: hostile, language: 'de' },
  notices: [{ kind: 'withheld', text: hostile }],
};

test('each fact stands in the report, and none of them becomes markup', async () => {
  const { evidence } = renderBundle(samplePlan(await makeIdentity('Ada Invented')), nodeSha256);
  const captures = evidence.captures.map((capture) => ({
    ...capture,
    readings: capture.readings.map((reading) => ({
      ...reading,
      posts: reading.posts.map((post) =>
        post.disclosed === 'whole' ? { ...post, content: { ...post.content, ...facts } } : post,
      ),
    })),
  }));

  const report = renderReport({ ...evidence, captures });

  for (const words of [
    'Repost of',
    'likes: 5',
    'votes not given',
    'the counts were not final',
    'its words are not in the source',
    'not the author’s words',
    'withheld: ',
  ])
    expect(report).toContain(words);
  expect(report).not.toContain('<img src=x');
  expect(report.split('&lt;img src=x onerror=alert(1)&gt;').length - 1).toBeGreaterThanOrEqual(5);
});
