import { Badge, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { CaptureVerdict } from '../../contract/model/verdict.ts';

const look = {
  complete: { color: 'green', icon: IconCircleCheck },
  incomplete: { color: 'orange', icon: IconAlertTriangle },
  failed: { color: 'red', icon: IconCircleX },
} as const;

/** How complete a capture is: a word, a form and a colour. */
export function CaptureVerdictBadge({ verdict }: { verdict: CaptureVerdict }) {
  const { color, icon: Icon } = look[verdict];
  return (
    <Badge
      color={color}
      variant="light"
      size="sm"
      tt="none"
      leftSection={<Icon size={12} aria-hidden />}
      style={{ flexShrink: 0 }}
    >
      {verdict}
    </Badge>
  );
}

/** The form and the colour alone, beside words that say it. */
export function CaptureVerdictIcon({ verdict }: { verdict: CaptureVerdict }) {
  const { color, icon: Icon } = look[verdict];
  return (
    <ThemeIcon color={color} variant="light" aria-hidden>
      <Icon size={18} />
    </ThemeIcon>
  );
}
