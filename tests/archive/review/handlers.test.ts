/** The calls of the contract, as the window makes them. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeDesk } from '../../../archive/desk.ts';
import type { CallContext } from '../../../archive/host/port.ts';
import {
  type HostChannel,
  type HostInput,
  type HostOutput,
  hostChannels,
} from '../../../contract/channels.ts';
import { postPage, streamOf } from '../../support/archive.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const clauseKey = 'x/hateful-conduct';
const because = 'as I read it';

/** Calls with input and output parsed, as between processes. */
function callsOf(handlers: ReturnType<typeof makeDesk>['handlers']) {
  return async <C extends HostChannel>(
    channel: C,
    input: HostInput<C>,
    own: Partial<CallContext> = {},
  ): Promise<HostOutput<C>> => {
    const context: CallContext = {
      signal: new AbortController().signal,
      progress: () => undefined,
      bytesIn: () => streamOf(),
      bytesOut: async () => undefined,
      ...own,
    };
    const handler = handlers[channel] as (input: unknown, context: CallContext) => Promise<unknown>;
    const output = await handler(hostChannels[channel].input.parse(input), context);
    return hostChannels[channel].output.parse(JSON.parse(JSON.stringify(output))) as HostOutput<C>;
  };
}

test('a tag, its review by somebody else, the inbox, the palette, phrases, and a sample', async () => {
  const { handlers, close } = makeDesk();
  onTestFinished(close);
  const call = callsOf(handlers);
  const path = join(temporaryFolder(), 'a.holdfast');
  const as = async (actorName: string) => {
    await call('archive.lock', {});
    await call('archive.open', { path, passphrase: null, actorName });
  };
  await call('archive.create', { path, passphrase: null, actorName: 'Ann' });
  await call('import.stream', { name: 'a.html' }, { bytesIn: () => streamOf(postPage('words of vermin')) });
  const { posts } = await call('posts.list', { query: '', offset: 0, limit: 1 });
  const postId = posts[0]?.postId ?? '';

  await call('palette.set', { slots: [{ slot: '1', clauseKey }] });
  const phrase = await call('phrases.add', { text: 'vermin', clauseKey });
  const { suggestions } = await call('phrases.suggest', { postId });
  const tag = await call('tags.add', {
    postId,
    clauseKey,
    because,
    quotes: suggestions.map(({ quote }) => quote),
    phrase: phrase.id,
  });
  const coding = await call('codings.draw', { name: 'First sample', posts: 1 });
  await as('Ben');
  const review = await call('tags.review', { tagId: tag.id, act: 'dispute', because });
  const inbox = await call('tags.inbox', { filter: 'disputed', others: true, offset: 0, limit: 10 });

  expect(review).toMatchObject({ tagId: tag.id, actor: { name: 'Ben' } });
  expect(inbox).toMatchObject({ total: 1, lines: [{ tag: { id: tag.id, reviews: [review] } }] });
  expect(await call('palette.get', {})).toMatchObject({ slots: [{ slot: '1', clauseKey }] });
  expect(await call('phrases.list', {})).toEqual({ phrases: [phrase] });
  await call('phrases.remove', { phraseId: phrase.id });
  expect(await call('phrases.list', {})).toEqual({ phrases: [] });
  const codingId = coding.id;
  expect(await call('codings.next', { codingId })).toEqual({ postId, judged: 0, posts: 1 });
  expect(await call('tags.list', { postId })).toEqual({ tags: [], hidden: 1 });
  await call('tags.addMany', {
    postIds: [postId],
    clauseKey: null,
    finding: 'no-violation',
    because,
    coding: codingId,
  });
  expect(await call('tags.list', { postId })).toMatchObject({ tags: [{}, { coding: codingId }], hidden: 0 });
  expect(await call('codings.result', { codingId })).toMatchObject({ pairs: [], differ: [] });
  expect(await call('codings.list', {})).toMatchObject({ codings: [{ coders: [{ judged: 1 }] }] });
  await expect(
    call('tags.addMany', { postIds: [postId], clauseKey, because, coding: phrase.id }),
  ).rejects.toMatchObject({ code: 'coding-not-found' });
});
