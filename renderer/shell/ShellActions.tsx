import {
  ActionIcon,
  Group,
  Tooltip,
  useComputedColorScheme,
  useDirection,
  useMantineColorScheme,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLock, IconMoon, IconSun, IconTextDirectionLtr, IconTextDirectionRtl } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { useLocation } from 'wouter';
import { keys } from '../bridge/queryClient.ts';
import { shellMessages as words } from './messages.ts';

/** Colours, direction, and the lock. */
export const ShellActions = memo(function ShellActions({ archiveOpen }: { archiveOpen: boolean }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const { dir, setDirection } = useDirection();
  const schemeWords = scheme === 'dark' ? words.toLight : words.toDark;
  const directionWords = dir === 'ltr' ? words.toRtl : words.toLtr;
  return (
    <Group gap="xs" wrap="nowrap">
      <Tooltip label={directionWords}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={directionWords}
          onClick={() => setDirection(dir === 'ltr' ? 'rtl' : 'ltr')}
        >
          {dir === 'ltr' ? (
            <IconTextDirectionRtl size={18} aria-hidden />
          ) : (
            <IconTextDirectionLtr size={18} aria-hidden />
          )}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={schemeWords}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={schemeWords}
          onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
        >
          {scheme === 'dark' ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      {archiveOpen && <LockButton />}
    </Group>
  );
});

function LockButton() {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [locking, setLocking] = useState(false);
  const lock = async () => {
    setLocking(true);
    const answer = await window.holdfast.lockArchive({});
    setLocking(false);
    if (!answer.ok) notifications.show({ color: 'red', title: words.lock, message: answer.error.message });
    await client.invalidateQueries({ queryKey: keys.status });
    navigate('/');
  };
  return (
    <Tooltip label={words.lock}>
      <ActionIcon
        variant="filled"
        size="lg"
        aria-label={words.lock}
        loading={locking}
        onClick={() => void lock()}
      >
        <IconLock size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
