import { Badge, Group, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ExchangeLine } from '../../contract/model/exchange.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { Cell } from '../list/Cell.tsx';
import { LoadingCells } from '../list/LoadingCells.tsx';
import { maxScrollRows, pageSize, pagesFor, placeOf } from '../list/pages.ts';
import { VirtualGrid } from '../list/VirtualGrid.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { roundedBytes } from '../shared/sizes.ts';
import { postMessages as words } from './messages.ts';
import classes from './post.module.css';

/** Every exchange of a recording, as far as it is scrolled to. */
export function ExchangeGrid({ captureId }: { captureId: string }) {
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const place = useRef({ scrollOffset: 0, activeIndex: 0 });
  const numbers = pagesFor(visible.first, visible.last);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: [...keys.exchanges, captureId, page],
      queryFn: () =>
        unwrap(window.holdfast.listExchanges({ captureId, offset: page * pageSize, limit: pageSize })),
    })),
  });
  const total = pages[0]?.data?.total;
  const error = pages.find((page) => page.isError)?.error ?? null;
  const rowAt = (row: number): ExchangeLine | undefined => {
    const { page, at } = placeOf(row);
    return pages[numbers.indexOf(page)]?.data?.exchanges[at];
  };
  return (
    <>
      {error !== null && <FailureAlert error={error} />}
      <Text size="sm" c="dimmed" role="status" mb={4}>
        {total !== undefined && words.exchangesTotal(total)}
      </Text>
      <VirtualGrid
        label={words.exchanges}
        name="exchange-row"
        rowCount={total === undefined ? undefined : Math.min(total, maxScrollRows)}
        rowHeight={52}
        place={place.current}
        onVisible={setVisible}
        className={classes.exchanges}
        placeholder={<LoadingCells />}
        renderCells={(row) => {
          const exchange = rowAt(row);
          return exchange === undefined ? null : <ExchangeCells exchange={exchange} />;
        }}
      />
    </>
  );
}

function ExchangeCells({ exchange }: { exchange: ExchangeLine }) {
  const { n, url, method, status, resourceType, mediaType, size, body, from } = exchange;
  return (
    <>
      <Cell className={classes.number}>
        <Text size="sm" c="dimmed">
          {n}
        </Text>
      </Cell>
      <Cell className={classes.wide}>
        <Text size="sm" truncate>
          <bdi dir="ltr" title={url}>
            {method} {url}
          </bdi>
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed" truncate>
            {status}, {resourceType}
            {mediaType !== '' && `, ${mediaType}`}, {roundedBytes(size)}
          </Text>
          {body !== 'whole' && (
            <Badge
              size="xs"
              tt="none"
              variant="light"
              color={body === 'none' ? 'gray' : 'orange'}
              className={classes.fixed ?? ''}
            >
              {words.notWhole[body ?? 'interrupted']}
            </Badge>
          )}
          {from !== 'network' && (
            <Badge size="xs" tt="none" variant="light" color="gray" className={classes.fixed ?? ''}>
              {words.notFromNetwork(from)}
            </Badge>
          )}
        </Group>
      </Cell>
    </>
  );
}
