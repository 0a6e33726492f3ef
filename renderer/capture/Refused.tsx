import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { Refusal } from '../../contract/model/view.ts';
import classes from './capture.module.css';
import { captureMessages as words } from './messages.ts';

interface Props {
  refused: readonly Refusal[];
  /** Goes to an address that was meant for a new window; null while the view takes no orders. */
  onOpen: ((address: string) => void) | null;
}

/** What the rules of the view kept from the page. Its words are the page's own: shown as text, never as a link. */
export function Refused({ refused, onOpen }: Props) {
  if (refused.length === 0) return null;
  return (
    <Paper withBorder component="details" className={classes.refused ?? ''}>
      <summary className={classes.summary}>{words.refused(refused.length)}</summary>
      <Stack gap={4} mt="xs" component="ul" className={classes.list ?? ''}>
        {refused.map(({ what, detail }) => (
          <Group key={`${what} ${detail}`} component="li" gap="xs" wrap="nowrap" align="center">
            <Text size="sm" fw={500} className={classes.fixed ?? ''}>
              {words.refusals[what]}
            </Text>
            <Text size="sm" className={classes.words ?? ''}>
              <bdi dir="ltr">{detail}</bdi>
            </Text>
            {what === 'window' && /^https?:/i.test(detail) && onOpen !== null && (
              <Button
                size="compact-xs"
                variant="default"
                className={classes.fixed ?? ''}
                aria-label={words.openThis(detail)}
                onClick={() => onOpen(detail)}
              >
                {words.openHere}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
