import { Text, Title } from '@mantine/core';

interface Props {
  title: string;
  /** What the screen is for. */
  intro: string;
  /** What to know beside that. */
  note?: string;
}

/** The head of a screen. */
export function ScreenHead({ title, intro, note }: Props) {
  return (
    <div>
      <Title order={2}>{title}</Title>
      <Text mt="xs">{intro}</Text>
      {note !== undefined && (
        <Text size="sm" c="dimmed" mt="xs">
          {note}
        </Text>
      )}
    </div>
  );
}
