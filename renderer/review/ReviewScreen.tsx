import { Alert, Checkbox, EmptyState, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import {
  type InboxFilter,
  type InboxLine,
  inboxFilterSchema,
  type ReviewAct,
} from '../../contract/model/tag.ts';
import { useDesk } from '../bridge/desk.tsx';
import { useArchiveStatus } from '../bridge/queries.ts';
import { LoadingCells } from '../list/LoadingCells.tsx';
import { maxScrollRows } from '../list/pages.ts';
import { VirtualGrid } from '../list/VirtualGrid.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { InboxCells } from './InboxCells.tsx';
import { reviewMessages as words } from './messages.ts';
import { whyNot } from './ReviewButtons.tsx';
import classes from './review.module.css';
import { TagDetail } from './TagDetail.tsx';
import { useInboxRows } from './useInboxRows.ts';
import { useReviewKeys } from './useReviewKeys.ts';

/** The inbox of tags: what waits for a second person, what is disputed, and whose rule changed since. */
export function ReviewScreen() {
  const { reviewView } = useDesk();
  const [filter, setFilter] = useState(reviewView.filter);
  const [others, setOthers] = useState(reviewView.others);
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const [row, setRow] = useState(reviewView.activeIndex);
  /** The tag whose review is being written: it stays in view even if the list changes under it. */
  const [writing, setWriting] = useState<{ line: InboxLine; act: ReviewAct } | null>(null);
  const rows = useInboxRows(visible, filter, others);
  const me = useArchiveStatus().data?.actor;
  const grid = useRef<HTMLDivElement>(null);
  const [, navigate] = useLocation();

  useEffect(() => {
    if (reviewView.returning) grid.current?.focus({ preventScroll: true });
    reviewView.returning = false;
  }, [reviewView]);

  const shownRow = Math.max(0, Math.min(row, (rows.rowCount ?? 1) - 1));
  const line = writing?.line ?? rows.rowAt(shownRow);
  const choose = (next: { filter?: InboxFilter; others?: boolean }) => {
    // Another list: where the last one was left means nothing in it.
    Object.assign(reviewView, { scrollOffset: 0, activeIndex: 0, ...next });
    setRow(0);
    setWriting(null);
    if (next.filter !== undefined) setFilter(next.filter);
    if (next.others !== undefined) setOthers(next.others);
  };
  const ask = (act: ReviewAct | null) => {
    if (act === null) {
      setWriting(null);
      grid.current?.focus({ preventScroll: true });
    } else if (line !== undefined && whyNot(line.tag, act, me) === null) setWriting({ line, act });
  };
  const openPost = (postId: string) => {
    reviewView.returning = true;
    navigate(`/review/post/${postId}`);
  };
  useReviewKeys(grid, ask);

  return (
    <Stack gap="sm" className={classes.screen ?? ''}>
      <ScreenHead title={words.heading} intro={words.intro} />
      <Group gap="sm" justify="space-between">
        <SegmentedControl
          aria-label={words.filter}
          value={filter}
          onChange={(value) => choose({ filter: inboxFilterSchema.parse(value) })}
          data={inboxFilterSchema.options.map((value) => ({
            value,
            label: words.filterCount(words.filters[value], rows.counts?.[value]),
          }))}
        />
        <Checkbox
          label={words.others}
          checked={others}
          onChange={(event) => choose({ others: event.currentTarget.checked })}
        />
      </Group>
      <Text size="sm" c="dimmed">
        <span role="status">{rows.total !== undefined && `${words.total(rows.total)}.`}</span> {words.keys}
      </Text>
      {rows.error !== null && <FailureAlert error={rows.error} />}
      {(rows.total ?? 0) > maxScrollRows && <Alert color="blue">{words.capped(maxScrollRows)}</Alert>}
      {rows.total === 0 && writing === null ? (
        <EmptyState
          icon={<IconChecks aria-hidden />}
          title={rows.counts?.all === 0 ? words.emptyTitle : words.noneTitle}
          description={rows.counts?.all === 0 ? words.empty : words.none}
          py="xl"
        />
      ) : (
        <div className={classes.panes}>
          <VirtualGrid
            key={`${filter} ${others}`}
            label={words.list}
            name="inbox-row"
            rowCount={rows.rowCount}
            rowHeight={84}
            place={reviewView}
            onVisible={setVisible}
            gridRef={grid}
            className={classes.grid}
            placeholder={<LoadingCells />}
            opensByEnterOnly
            onActive={(active) => {
              setRow(active);
              setWriting(null);
            }}
            onOpen={(active) => {
              const opened = rows.rowAt(active);
              if (opened !== undefined) openPost(opened.post.postId);
            }}
            renderCells={(at) => {
              const known = rows.rowAt(at);
              return known === undefined ? null : <InboxCells line={known} />;
            }}
          />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <section className={classes.detail} aria-label={words.detail} tabIndex={0}>
            {line !== undefined && (
              <TagDetail
                key={line.tag.id}
                line={line}
                act={writing?.act ?? null}
                onAct={ask}
                drafts={reviewView.drafts}
                onOpenPost={() => openPost(line.post.postId)}
              />
            )}
          </section>
        </div>
      )}
    </Stack>
  );
}
