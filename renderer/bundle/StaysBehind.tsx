import { Checkbox, Stack, Text, Title } from '@mantine/core';
import type { LeavingClass, LeavingPreview } from '../../contract/model/leaving.ts';
import { leavingMessages as words } from './leavingMessages.ts';

interface StaysBehindProps {
  leftOut: LeavingPreview['leftOut'];
  /** Classes that go along all the same. */
  include: readonly LeavingClass[];
  onChange(include: LeavingClass[]): void;
}

export function StaysBehind({ leftOut, include, onChange }: StaysBehindProps) {
  const all = [...leftOut.map((each) => each.class), ...include];
  if (all.length === 0) return null;
  const countOf = (name: LeavingClass) => leftOut.find((each) => each.class === name)?.count;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {words.stays}
      </Title>
      <Text size="sm" c="dimmed">
        {words.staysHelp}
      </Text>
      {[...new Set(all)].sort().map((name) => (
        <Checkbox
          key={name}
          checked={include.includes(name)}
          disabled={name === 'redacted-tags' || name === 'redacted-checks'}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked ? [...include, name] : include.filter((each) => each !== name),
            )
          }
          label={
            countOf(name) === undefined ? words.classes[name] : `${words.classes[name]} (${countOf(name)})`
          }
        />
      ))}
    </Stack>
  );
}
