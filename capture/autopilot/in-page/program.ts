/** The autopilot's part in the page: one program, put together from its parts and what it goes by. */
import type { PageRules } from '../rules.ts';
import { ground } from './ground.ts';
import { moving } from './moving.ts';
import { opening } from './opening.ts';
import { posts } from './posts.ts';

/** Begins in a world of its own; doing it again changes nothing. */
export function program(rules: PageRules): string {
  return `(() => {
    'use strict';
    if (globalThis.holdfastAutopilot !== undefined) return true;
    const rules = ${JSON.stringify(rules)};
    ${ground}
    ${moving}
    ${posts}
    ${opening}
    const look = () => {
      sample();
      return {
        posts: seen.length,
        shown: shown.map((post) => post.n),
        removed: seen.filter((post) => !isThere(post)).length,
        changes,
        drawn,
        touches,
        place: Math.round(moved()),
        height: scrollers().reduce((sum, one) => sum + heightOf(one), 0),
        address: location.href.replace(/#.*$/s, ''),
      };
    };
    globalThis.holdfastAutopilot = {
      look, take, move, isWaiting, opener, play, stillLoading, back: () => history.back(),
    };
    return true;
  })()`;
}

/** A call of the program, as an expression. */
export function call(name: string, ...given: readonly (number | boolean)[]): string {
  return `globalThis.holdfastAutopilot.${name}(${given.map(String).join(', ')})`;
}
