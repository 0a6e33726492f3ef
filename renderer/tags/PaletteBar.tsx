import { Button, Group, Kbd, Stack, Text } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useState } from 'react';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { tagMessages as words } from './messages.ts';
import { PaletteEditor } from './PaletteEditor.tsx';
import { usePalette } from './queries.ts';
import classes from './tags.module.css';

interface Props {
  /** Key of the clause that stands in the form. */
  chosen: string | null;
  onSlot(slot: string): void;
  onKeys(): void;
}

/** The clauses that lie on a key, in the order that the user gave them. */
export function PaletteBar({ chosen, onSlot, onKeys }: Props) {
  const palette = usePalette();
  const [arranging, setArranging] = useState(false);
  return (
    <Stack gap={6} role="group" aria-label={words.palette}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={500}>
          {words.palette}
        </Text>
        <Group gap="xs">
          <Button size="compact-xs" variant="default" onClick={() => setArranging(true)}>
            {words.arrange}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconKeyboard size={14} aria-hidden />}
            rightSection={<Kbd size="xs">?</Kbd>}
            onClick={onKeys}
          >
            {words.allKeys}
          </Button>
        </Group>
      </Group>
      {palette.isError && <FailureAlert error={palette.error} />}
      {palette.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.paletteEmpty}
        </Text>
      )}
      <Group gap={6}>
        {palette.data?.map(({ slot, clauseKey, title }) => (
          <Button
            key={slot}
            size="compact-sm"
            variant={clauseKey === chosen ? 'light' : 'default'}
            className={classes.slot ?? ''}
            leftSection={<Kbd size="xs">{slot}</Kbd>}
            title={`${title} (${clauseKey})`}
            onClick={() => onSlot(slot)}
          >
            <Text span size="sm" truncate dir="auto">
              {title}
            </Text>
          </Button>
        ))}
      </Group>
      {arranging && <PaletteEditor slots={palette.data ?? []} onClose={() => setArranging(false)} />}
    </Stack>
  );
}
