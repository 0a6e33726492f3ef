import { Badge } from '@mantine/core';
import { IconCircleCheck, IconEyeOff, IconPencil, IconQuestionMark } from '@tabler/icons-react';
import type { Watch } from '../../contract/model/watch.ts';
import { watchMessages as words } from './messages.ts';
import classes from './watch.module.css';

const look = {
  up: { color: 'green', icon: IconCircleCheck },
  edited: { color: 'orange', icon: IconPencil },
  'not-reachable': { color: 'red', icon: IconEyeOff },
  undetermined: { color: 'gray', icon: IconQuestionMark },
} as const;

/** What the last check came to: a word, a form and a colour. */
export function OutcomeBadge({ watch: { lastCheck, gone } }: { watch: Pick<Watch, 'lastCheck' | 'gone'> }) {
  if (lastCheck === null) {
    return (
      <Badge variant="default" size="sm" tt="none" className={classes.fixed ?? ''}>
        {words.never}
      </Badge>
    );
  }
  const { kind } = lastCheck.outcome;
  const { color, icon: Icon } = look[kind];
  return (
    <Badge
      color={color}
      variant="light"
      size="sm"
      tt="none"
      className={classes.fixed ?? ''}
      leftSection={<Icon size={12} aria-hidden />}
    >
      {gone !== null && kind === 'not-reachable' ? words.gone : words.outcomes[kind]}
    </Badge>
  );
}
