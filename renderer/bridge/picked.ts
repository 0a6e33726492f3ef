import { useCallback, useState } from 'react';

interface Picked {
  captures: ReadonlySet<string>;
  /** Id of the post → of its capture. */
  posts: ReadonlyMap<string, string>;
}

const none: Picked = { captures: new Set(), posts: new Map() };

/** What a person picked: posts to tag together, and captures for a bundle; a picked post picks its capture. */
export function usePicked() {
  const [{ captures, posts }, setPicked] = useState(none);
  const togglePicked = useCallback((captureId: string) => {
    setPicked((before) => {
      const after = new Set(before.captures);
      if (!after.delete(captureId)) return { ...before, captures: after.add(captureId) };
      return {
        captures: after,
        posts: new Map([...before.posts].filter(([, capture]) => capture !== captureId)),
      };
    });
  }, []);
  const togglePost = useCallback(({ postId, captureId }: { postId: string; captureId: string }) => {
    setPicked((before) => {
      const captures = new Set(before.captures);
      const posts = new Map(before.posts);
      if (!posts.delete(postId)) posts.set(postId, captureId);
      if ([...posts.values()].includes(captureId)) captures.add(captureId);
      else captures.delete(captureId);
      return { captures, posts };
    });
  }, []);
  const clearPicked = useCallback(() => setPicked(none), []);
  return { picked: captures, pickedPosts: posts, togglePicked, togglePost, clearPicked };
}
