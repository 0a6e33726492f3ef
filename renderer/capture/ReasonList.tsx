import { List, Stack, Text } from '@mantine/core';
import type { Reason } from '../../contract/model/verdict.ts';
import classes from './capture.module.css';
import { reasonTitles, captureMessages as words } from './messages.ts';

/** Why a capture is not complete; nothing where it is. */
export function ReasonList({ reasons }: { reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {words.missing}
      </Text>
      <List size="sm">
        {reasons.map(({ code, message }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same reason may hold for many answers
          <List.Item key={at} className={classes.words ?? ''}>
            <Text span size="sm" fw={500}>
              {reasonTitles[code]}
            </Text>
            : <bdi>{message}</bdi>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
