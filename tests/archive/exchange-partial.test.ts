/** Captures that come in a bundle in part: kept and marked, in the place of no whole one, and nothing twice. */
import { expect, test } from 'vitest';
import { importFiles } from '../../archive/import/import-files.ts';
import { addRedaction, liftRedaction } from '../../archive/leaving/redactions.ts';
import { listCaptures, requireCapture, requirePost, searchPosts } from '../../archive/posts.ts';
import { addTag } from '../../archive/tags/add.ts';
import { findQuote } from '../../archive/tags/quotes.ts';
import { gap } from '../../evidence/bundle/excerpt.ts';
import { importPage, postPage } from '../support/archive.ts';
import { bundleFiles } from '../support/bundle-files.ts';
import {
  all,
  bundleOf,
  check,
  type Desk,
  desk,
  library,
  persian,
  postsOf,
  send,
  tag,
  tagsOf,
} from './desks.ts';

const text = 'At noon Zora said: all crows are vermin.';
const left = `At noon ${gap} said: all crows are vermin.`;

/** A desk with one capture of which a name is to be withheld. */
async function redacted() {
  const a = await desk('Ada');
  const postId = await importPage(a.archive, text, postPage(text).replace('</title>', ' by Zora</title>'));
  const { captureId } = requirePost(a.archive, postId);
  const redaction = addRedaction(a.archive, {
    captureId,
    hides: { what: 'words', words: ['Zora'] },
    because: 'a bystander',
  });
  return { a, postId, captureId, redaction };
}

const inPart = ({ archive }: Desk) =>
  listCaptures(archive, 0, 100, 'all').captures.filter(({ format }) => format === 'partial');
const texts = (of: Desk): string[] => postsOf(of).map((post) => post.text);

test('it is listed and said to be in part, with its posts, what they lack, and who withheld it', async () => {
  const { a, captureId } = await redacted();
  const b = await desk('Bea');

  const report = await importFiles(b.archive, [await bundleOf(a)]);

  const [note] = report.warnings.filter(({ code }) => code === 'capture-partial');
  expect(note?.message).toMatch(/"Ada" withheld words, original\. Files: 0; posts: 1, with gaps: 1\./);
  expect(report.captures.map(({ format, posts }) => [format, posts])).toEqual([
    ['bundle', 0],
    ['partial', 1],
  ]);
  const here = requireCapture(b.archive, report.captures[1]?.id ?? '');
  expect(here).toMatchObject({
    method: 'import',
    verdict: null,
    artifacts: [],
    origin: {
      capture: captureId,
      archive: a.archive.info.archiveId,
      partial: {
        signer: { name: 'Ada' },
        withheld: [
          { what: 'words', because: 'a bystander' },
          { what: 'artifact', role: 'original', because: null },
        ],
      },
    },
  });
  const [line] = searchPosts(b.archive, 'vermin', 10).hits;
  expect(line?.text).toBe(left);
  const { content } = requirePost(b.archive, line?.postId ?? '');
  expect(content.withheld?.filter(({ name }) => name === 'text')).toHaveLength(1);
  // On the way to a third, the report says whose gaps these are.
  const files = await bundleFiles(await bundleOf(b));
  const html = files.get('data/report.html')?.toString() ?? '';
  expect(html).toContain('Not the whole capture.');
  expect(html).toMatch(/Not the whole post: \d+ of its parts \(<bdi>[^<]*text/);
  await check(a, b);
});

test('the whole capture, when it comes later, takes the place of what was here in part', async () => {
  const { a, postId, redaction } = await redacted();
  const b = await desk('Bea');
  addTag(a.archive, {
    postId,
    clauseKey: 'x/hateful-conduct',
    because: 'before the name',
    quotes: [findQuote(text, 'At noon')],
  });
  expect(await send(a, b)).toEqual(['capture-partial', 'tags-taken']);
  const [tagged] = tagsOf(b);
  liftRedaction(a.archive, redaction.id, 'she agreed');

  expect(await send(a, b)).toEqual([]);

  // What was tagged stays listed beside it, as an earlier reading.
  expect(texts(b)).toEqual([text, left]);
  const [wholeLine, earlier] = postsOf(b);
  expect(earlier).toMatchObject({ isEarlier: true, postId: tagged?.postId });
  expect(requirePost(b.archive, wholeLine?.postId ?? '').earlier).toMatchObject([
    { postId: earlier?.postId },
  ]);
  for (let round = 0; round < 2; round += 1) {
    expect(await send(b, a)).toEqual([]);
    expect(await send(a, b)).toEqual([]);
  }
  expect(texts(a)).toEqual([text]);
  expect(texts(b)).toEqual([text, left]);
  expect(tagsOf(b).map(({ id }) => id)).toEqual(tagsOf(a).map(({ id }) => id));
  await check(a, b);
});

test('what comes in part of a capture that is here whole adds nothing', async () => {
  const { a, redaction } = await redacted();
  const [b, c] = [await desk('Bea'), await desk('Cleo')];
  liftRedaction(a.archive, redaction.id, 'for a colleague');
  await send(a, b);
  await send(b, c);
  addRedaction(a.archive, {
    captureId: redaction.captureId,
    hides: redaction.hides,
    because: 'a bystander',
  });

  expect(await send(a, b)).toEqual([]);
  // Cleo has it by way of Bea alone: as the same by its words, not by a line of a log.
  expect(await send(a, c)).toEqual([]);

  for (const to of [b, c]) {
    expect(texts(to)).toEqual([text]);
    expect(inPart(to)).toEqual([]);
  }
  await check(b, c);
});

test('other gaps than before are told of, and add nothing', async () => {
  const { a, captureId } = await redacted();
  const b = await desk('Bea');
  await send(a, b);
  addRedaction(a.archive, { captureId, hides: { what: 'words', words: ['noon'] }, because: 'the hour' });

  expect(await send(a, b)).toEqual(['post-differs']);

  expect(texts(b)).toEqual([left]);
  await check(b);
});

test('tags on what is here in part go to the whole where their words can be placed, also by way of a third', async () => {
  const { a, postId } = await redacted();
  const [b, c] = [await desk('Bea'), await desk('Cleo')];
  await importPage(a.archive, persian);
  await library(a.archive, all);
  tag(a, 'کلاغ', ['دزدند']);
  addTag(a.archive, {
    postId,
    clauseKey: 'x/hateful-conduct',
    because: 'before the name',
    quotes: [findQuote(text, 'At noon')],
  });
  await send(a, b);
  // Where the first of these stands in the whole post, nobody can tell who has a part of it.
  tag(b, 'vermin', ['crows'], { clauseKey: 'x/hateful-conduct' });
  tag(b, 'vermin', ['noon'], { clauseKey: 'x/hateful-conduct' });
  expect(await send(b, a)).toEqual(['tag-behind-gap', 'tags-taken']);
  await send(b, c);
  expect(await send(c, a)).toEqual(['tag-behind-gap']);
  expect(await send(a, c)).toEqual([]);
  expect(await send(a, b)).toEqual([]);

  expect(texts(a).sort()).toEqual([text, persian].sort());
  for (const to of [b, c]) {
    expect(texts(to).sort()).toEqual([left, persian].sort());
    expect(inPart(to)).toHaveLength(1);
  }
  expect(tagsOf(a)).toHaveLength(3);
  expect(tagsOf(b)).toHaveLength(4);
  expect(new Set(tagsOf(c).map(({ id }) => id))).toEqual(new Set(tagsOf(b).map(({ id }) => id)));
  await check(a, b, c);
});
