import { useLayoutEffect, useRef, useState } from 'react';
import type { Post } from '../../contract/model/post.ts';
import { usePost } from '../bridge/queries.ts';
import { holdKeys } from '../tags/heldKeys.ts';
import { useFormPart, useTagging } from '../tags/tagging.tsx';
import type { Coding } from '../tags/usePostTagging.ts';

export interface PostToCode {
  /** Null: it is on its way, or its judgement is. */
  shown: { post: Post; coding: Coding } | null;
  error: unknown;
}

/**
 * The post to judge. Once its judgement was sent it is not shown again, unless the archive refused that; keys that are
 * pressed until the next post is there are for the next post.
 */
export function usePostToCode(codingId: string, postId: string): PostToCode {
  const tagging = useTagging();
  const post = usePost(postId);
  const isRefused = useFormPart(postId, 'failure') !== null;
  const [sent, setSent] = useState<string | null>(null);
  const isWaiting = post.data === undefined || (sent === postId && !isRefused);
  const release = useRef<(() => void) | null>(null);
  const letGo = useRef(() => {
    release.current?.();
    release.current = null;
  });
  // Runs after the like effects of the post that has just been drawn, which take the keyboard into its text.
  useLayoutEffect(() => {
    if (isWaiting && !post.isError && tagging.arriving) release.current ??= holdKeys();
    else letGo.current();
  });
  useLayoutEffect(() => {
    const free = letGo.current;
    return () => {
      // After the last post there is none to come.
      tagging.arriving = false;
      free();
    };
  }, [tagging]);
  const onSent = () => {
    tagging.arriving = true;
    setSent(postId);
  };
  return {
    shown:
      isWaiting || post.data === undefined ? null : { post: post.data, coding: { id: codingId, onSent } },
    error: post.error,
  };
}
