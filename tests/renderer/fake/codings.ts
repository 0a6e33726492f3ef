/** Samples of the fake: drawn, judged, and compared over what was really judged. */
import type { Actor } from '../../../contract/model/actor.ts';
import type { Coding, CodingResult, Tag } from '../../../contract/model/tag.ts';
import type { HoldfastWindow } from '../../../contract/window.ts';
import { type FakeArchive, lineOf } from './archive.ts';
import { hashOf, idOf, indexOf, postSpace } from './ids.ts';
import type { FakeDesk } from './review.ts';

const codingSpace = 85;
const colleague: Actor = { name: 'Mika Invented', basis: 'claimed', signer: null };

interface Sample {
  coding: Omit<Coding, 'coders'>;
  /** Numbers of posts, in the order of the draw. */
  posts: number[];
  /** What others judged of it before the window was opened. */
  before: Tag[];
}

type Part = Pick<HoldfastWindow, 'drawCoding' | 'listCodings' | 'nextToCode' | 'codingResult'>;

export function makeFakeCodings(
  { answer, withArchive, fail }: FakeDesk,
  tagOf: (open: FakeArchive, index: number) => Tag,
): Part {
  const samples: Sample[] = [];

  function sampleOf(open: FakeArchive, name: string, posts: number[], seed: string): Sample {
    const id = idOf(codingSpace, samples.length);
    const coding = {
      ...{
        id,
        name,
        seed,
        population: open.posts,
        untagged: Math.ceil(posts.length * 0.75),
        posts: posts.length,
      },
      drawnBy: colleague,
      time: '2026-01-06T10:00:00.000Z',
    };
    return { coding, posts, before: [] };
  }
  /** The first sample: a colleague judged all six posts, the person at the desk four. */
  function samplesOf(open: FakeArchive): Sample[] {
    if (samples.length > 0 || open.posts < 12) return samples;
    const sample = sampleOf(open, 'First sample', [1, 0, 7, 3, 10, 11], hashOf('seed'));
    const judged = (post: number, n: number, actor: Actor): Tag => ({
      ...tagOf(open, n),
      ...{
        id: idOf(86, sample.before.length),
        postId: idOf(postSpace, post),
        coding: sample.coding.id,
        actor,
      },
      ...{ reviews: [], state: 'unreviewed', origin: null, account: null },
    });
    const own: Actor = { name: open.actorName, basis: 'claimed', signer: null };
    sample.posts.forEach((post, n) => {
      sample.before.push(judged(post, n, colleague));
      // The second differs: no clause, where the colleague saw one.
      if (n < 4) sample.before.push(judged(post, n === 1 ? 3 : n, own));
    });
    samples.push(sample);
    return samples;
  }
  const tagsOf = (open: FakeArchive, { coding, before }: Sample): Tag[] => [
    ...before,
    ...open.tags.filter((tag) => tag.coding === coding.id),
  ];
  function judgedBy(open: FakeArchive, sample: Sample): Map<string, { actor: Actor; posts: Set<string> }> {
    const coders = new Map<string, { actor: Actor; posts: Set<string> }>();
    for (const { actor, postId } of tagsOf(open, sample)) {
      const coder = coders.get(actor.name) ?? { actor, posts: new Set() };
      coder.posts.add(postId);
      coders.set(actor.name, coder);
    }
    return coders;
  }
  const described = (open: FakeArchive, sample: Sample): Coding => ({
    ...sample.coding,
    coders: [...judgedBy(open, sample).values()].map(({ actor, posts }) => ({ actor, judged: posts.size })),
  });

  function resultOf(open: FakeArchive, sample: Sample): CodingResult {
    const tags = tagsOf(open, sample);
    const coders = [...judgedBy(open, sample).values()];
    const of = (actor: Actor, post: string) =>
      tags.filter((tag) => tag.actor.name === actor.name && tag.postId === post);
    const finding = (actor: Actor, post: string) => of(actor, post)[0]?.finding ?? 'unclear';
    const keysOf = (actor: Actor, post: string) =>
      of(actor, post)
        .map(({ clause }) => clause?.key ?? '')
        .sort()
        .join();
    const pairs = coders.flatMap((a, i) =>
      coders.slice(i + 1).map((b) => {
        const both = [...a.posts].filter((post) => b.posts.has(post));
        const same = both.filter((post) => finding(a.actor, post) === finding(b.actor, post)).length;
        const chance = (['breach', 'no-violation', 'unclear'] as const).reduce((sum, value) => {
          const share = (actor: Actor) =>
            both.filter((post) => finding(actor, post) === value).length / both.length;
          return sum + share(a.actor) * share(b.actor);
        }, 0);
        return {
          first: a.actor,
          second: b.actor,
          both: both.length,
          sameFinding: same,
          sameClauses: both.filter((post) => keysOf(a.actor, post) === keysOf(b.actor, post)).length,
          kappa: chance === 1 ? null : (same / both.length - chance) / (1 - chance),
        };
      }),
    );
    const differ = sample.posts
      .map((post) => idOf(postSpace, post))
      .filter(
        (post) => new Set(coders.map(({ actor }) => finding(actor, post) + keysOf(actor, post))).size > 1,
      )
      .map((post) => ({
        post: lineOf(open, indexOf(post)),
        tags: tags.filter(({ postId }) => postId === post),
      }));
    return { coding: described(open, sample), pairs, differ };
  }

  const find = (open: FakeArchive, id: string) => samplesOf(open).find(({ coding }) => coding.id === id);
  const missing = () => fail<never>('coding-not-found', 'There is no such sample.');
  return {
    drawCoding: (input) =>
      answer('drawCoding', input, () =>
        withArchive((open) => {
          samplesOf(open);
          if (input.posts > open.posts)
            return fail('bad-input', `There are ${open.posts} posts to draw from, asked for ${input.posts}.`);
          const posts = Array.from({ length: input.posts }, (_, i) => (i * 7) % open.posts);
          const sample = sampleOf(open, input.name, [...new Set(posts)], input.seed ?? hashOf(input.name));
          samples.push(sample);
          return { ok: true, value: described(open, sample) };
        }),
      ),
    listCodings: (input) =>
      answer('listCodings', input, () =>
        withArchive((open) => ({
          ok: true,
          value: { codings: samplesOf(open).map((sample) => described(open, sample)) },
        })),
      ),
    nextToCode: (input) =>
      answer('nextToCode', input, () =>
        withArchive((open) => {
          const sample = find(open, input.codingId);
          if (sample === undefined) return missing();
          const judged = judgedBy(open, sample).get(open.actorName)?.posts ?? new Set();
          const next = sample.posts.map((post) => idOf(postSpace, post)).find((post) => !judged.has(post));
          return {
            ok: true,
            value: { postId: next ?? null, judged: judged.size, posts: sample.posts.length },
          };
        }),
      ),
    codingResult: (input) =>
      answer('codingResult', input, () =>
        withArchive((open) => {
          const sample = find(open, input.codingId);
          if (sample === undefined) return missing();
          const judged = judgedBy(open, sample).get(open.actorName)?.posts.size ?? 0;
          if (judged < sample.posts.length)
            return fail(
              'coding-open',
              `You have judged ${judged} of ${sample.posts.length} posts of this sample.`,
            );
          return { ok: true, value: resultOf(open, sample) };
        }),
      ),
  };
}
