import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ViewState } from '../../contract/model/view.ts';
import classes from './capture.module.css';
import { captureMessages as words } from './messages.ts';

/** What look-only did not send. The addresses are the page's own words: shown as text. */
export function Blocked({ blocked }: { blocked: ViewState['blocked'] }) {
  if (blocked.total === 0) return null;
  return (
    <Paper withBorder component="details" className={classes.refused ?? ''}>
      <summary className={classes.summary}>{words.blocked(blocked.total)}</summary>
      <Stack gap={4} mt="xs" component="ul" className={classes.list ?? ''}>
        {blocked.newest.map(({ action, platform, method, url, times }) => (
          <Group key={`${method} ${url}`} component="li" gap="xs" wrap="nowrap" align="baseline">
            <Text size="sm" fw={500} className={classes.fixed ?? ''}>
              {words.actions[action]}
            </Text>
            <Text size="sm" className={classes.words ?? ''}>
              {platform}
              {times > 1 && ` × ${times}`}:{' '}
              <bdi dir="ltr">
                {method} {url}
              </bdi>
            </Text>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
