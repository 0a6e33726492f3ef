import type { Actor } from '../../contract/model/actor.ts';

/** A name and what it rests on; the name keeps its own direction, so that the words about it stay behind it. */
export function ActorText({ actor }: { actor: Actor }) {
  return (
    <>
      <bdi>{actor.name}</bdi> ({actor.basis === 'proven' ? 'proven by certificate' : 'claimed, not proven'})
    </>
  );
}
