/** What a page of the fixture city is: an address of a platform, what is served there, and what a capture must come to. */
import type { CaptureVerdict, Reason } from '../../../contract/model/verdict.ts';
import type { Route } from '../site-server.ts';
import type { Talk } from './web-socket.ts';

export type Engine = 'electron' | 'chromium';

/** A post as the page serves it. */
export interface ServedPost {
  /** The platform's own; null where the page gives none. */
  id: string | null;
  /** Of the author, to the letter. */
  text: string;
  /** Where the words must have been found; not looked at where absent. */
  source?: 'network' | 'rendered-page' | 'nowhere';
  /** Kinds of what the platform says of it, sorted; not looked at where absent. */
  notices?: string[];
}

/** What one capture must come to. */
export interface Expected {
  verdict: CaptureVerdict;
  /** Each code once, sorted. */
  reasons: Reason['code'][];
  /** Must stand in the message of one of the reasons. */
  says?: RegExp;
  /** In any order: those read and no others. */
  posts: ServedPost[];
  /** May be read as well: what the engine tells of them differs from run to run. */
  sometimes?: ServedPost[];
}

export interface CityPage {
  /** What is special about it, in words. */
  what: string;
  /** Under the platform's own host name: 'https://x.com/ada/status/1'. */
  address: string;
  /**
   * By host and path, without query: 'x.com/ada/status/1'. No two pages share one. Made anew for every walk, so that
   * what is served can depend on what was asked for before.
   */
  routes(): Record<string, Route>;
  /** Web sockets, by host and path. */
  sockets?(): Record<string, Talk>;
  /** One entry a capture of the page, in their order. */
  captures(engine: Engine): Expected[];
  /** Words that ReplayWeb.page must show of the (first) capture; null where nothing of it can be shown. */
  shows: string | null;
  /** What `holdfast capture` is told besides the address: '--option'. */
  options?: string[];
  /** Answers, by host and path, whose bytes need not be in the record although they were served; with the reason. */
  unrecorded?(engine: Engine): Record<string, string>;
  /** Walked by the tests, too, and not only by `npm run campaign city`. */
  inTests?: true;
}

export function complete(...posts: ServedPost[]): Expected {
  return { verdict: 'complete', reasons: [], posts };
}

export function incomplete(reasons: Reason['code'][], ...posts: ServedPost[]): Expected {
  return { verdict: 'incomplete', reasons: [...reasons].sort(), posts };
}
