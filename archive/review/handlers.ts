/** The archive host's answers about reviews, samples, phrases and the palette. */
import type { Archive } from '../archive.ts';
import type { HostHandlers } from '../host/serve.ts';
import { codingResult, drawCoding, listCodings, nextInCoding } from './coding.ts';
import { inbox } from './inbox.ts';
import { getPalette, setPalette } from './palette.ts';
import { addPhrase, listPhrases, removePhrase, suggest } from './phrases.ts';
import { reviewTag } from './review.ts';

type ReviewChannel = Extract<
  keyof HostHandlers,
  'tags.review' | 'tags.inbox' | `palette.${string}` | `phrases.${string}` | `codings.${string}`
>;

/** `open`: the open archive, or a refusal; `writable`: the same for an act that writes. */
export function reviewHandlers(
  open: () => Archive,
  writable: () => Archive,
): Pick<HostHandlers, ReviewChannel> {
  return {
    'tags.review': async (review) => reviewTag(writable(), review),
    'tags.inbox': async (question) => inbox(open(), question),
    'palette.get': async () => ({ slots: getPalette(open()) }),
    'palette.set': async ({ slots }) => {
      setPalette(writable(), slots);
      return {};
    },
    'phrases.list': async () => ({ phrases: listPhrases(open()) }),
    'phrases.add': async (phrase) => addPhrase(writable(), phrase),
    'phrases.remove': async ({ phraseId }) => {
      removePhrase(writable(), phraseId);
      return {};
    },
    'phrases.suggest': async ({ postId }) => ({ suggestions: suggest(open(), postId) }),
    'codings.draw': async (order) => drawCoding(writable(), order),
    'codings.list': async () => ({ codings: listCodings(open()) }),
    'codings.next': async ({ codingId }) => nextInCoding(open(), codingId),
    'codings.result': async ({ codingId }) => codingResult(open(), codingId),
  };
}
