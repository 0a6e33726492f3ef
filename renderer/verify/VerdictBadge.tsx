import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import type { Verification } from '../../contract/model/bundle.ts';
import { verdictWords } from './messages.ts';

const look = {
  trusted: { color: 'green', icon: IconShieldCheck },
  consistent: { color: 'yellow', icon: IconAlertTriangle },
  failed: { color: 'red', icon: IconShieldX },
} as const;

/** The verdict in a word, a colour and a sign. */
export function VerdictBadge({
  verdict,
  label = verdictWords[verdict].badge,
}: {
  verdict: Verification['verdict'];
  label?: string;
}) {
  const { color, icon: Icon } = look[verdict];
  return (
    <Badge size="lg" color={color} variant="filled" tt="none" leftSection={<Icon size={16} aria-hidden />}>
      {label}
    </Badge>
  );
}
