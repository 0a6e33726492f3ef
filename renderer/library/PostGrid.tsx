import { type RefObject, useEffect } from 'react';
import { useLocation } from 'wouter';
import { useDesk } from '../bridge/desk.tsx';
import { LoadingCells } from '../list/LoadingCells.tsx';
import { VirtualGrid } from '../list/VirtualGrid.tsx';
import { useTagging } from '../tags/tagging.tsx';
import classes from './library.module.css';
import { libraryMessages as words } from './messages.ts';
import { PostCells } from './PostCells.tsx';
import { postRowHeight } from './rowHeight.ts';
import type { PostRows } from './usePostRows.ts';

interface Props {
  rows: PostRows;
  onVisible(range: { first: number; last: number }): void;
  gridRef: RefObject<HTMLDivElement | null>;
}

/** The posts, newest first. */
export function PostGrid({ rows, onVisible, gridRef }: Props) {
  const { libraryView, pickedPosts, togglePost } = useDesk();
  const { walk } = useTagging();
  const [, navigate] = useLocation();
  useEffect(() => {
    if (libraryView.returning) gridRef.current?.focus({ preventScroll: true });
    libraryView.returning = false;
  }, [libraryView, gridRef]);

  return (
    <VirtualGrid
      label={words.list}
      name="post-row"
      rowCount={rows.total === undefined ? undefined : rows.rowCount}
      countIsOpen={rows.totalIsLowerBound}
      rowHeight={postRowHeight}
      place={libraryView}
      onVisible={onVisible}
      gridRef={gridRef}
      className={classes.grid}
      placeholder={<LoadingCells />}
      isPicked={(row) => pickedPosts.has(rows.rowAt(row)?.postId ?? '')}
      renderCells={(row) => {
        const post = rows.rowAt(row);
        return post === undefined ? null : (
          <PostCells post={post} picked={pickedPosts.has(post.postId)} onPick={togglePost} />
        );
      }}
      onOpen={(row) => {
        const post = rows.rowAt(row);
        if (post === undefined) return;
        libraryView.returning = true;
        walk.start(rows.query, row);
        navigate(`/post/${post.postId}`);
      }}
      onPick={(row) => {
        const post = rows.rowAt(row);
        if (post !== undefined) togglePost(post);
      }}
    />
  );
}
