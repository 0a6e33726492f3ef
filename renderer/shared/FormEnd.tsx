import { Button, Group } from '@mantine/core';
import { FailureAlert } from './FailureAlert.tsx';

interface Props {
  /** What the form sets going. */
  doing: { isPending: boolean; error: unknown; reset(): void };
  /** On the button. */
  label: string;
}

/** The end of a form: what went wrong the last time, and the button that sends it. */
export function FormEnd({ doing, label }: Props) {
  return (
    <>
      {doing.error !== null && <FailureAlert error={doing.error} onClose={doing.reset} />}
      <Group justify="flex-end">
        <Button type="submit" loading={doing.isPending}>
          {label}
        </Button>
      </Group>
    </>
  );
}
