import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  help: string;
  children: ReactNode;
}

/** One thing that can be done for the safety of an archive. */
export function Section({ title, help, children }: Props) {
  const id = useId();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <div>
          <Title order={3} size="h4" id={id}>
            {title}
          </Title>
          <Text size="sm" mt={4}>
            {help}
          </Text>
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
