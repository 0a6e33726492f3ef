import { ActionIcon, Code, Group, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy } from '@tabler/icons-react';
import { memo } from 'react';
import classes from './shared.module.css';

/** Copies through main: the window itself may not touch the clipboard. */
export async function copyText(text: string, what: string): Promise<void> {
  const result = await window.holdfast.copyText({ text });
  notifications.show(
    result.ok
      ? { message: `${what} copied`, color: 'green', autoClose: 2000 }
      : { title: 'Not copied', message: result.error.message, color: 'red' },
  );
}

interface Props {
  text: string;
  /** What the copy button names: 'SHA-256'. */
  what: string;
}

/** Characters to compare or copy, never a link: monospace, left to right, broken where needed. */
export const CopyText = memo(function CopyText({ text, what }: Props) {
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <Code className={classes.exact} dir="ltr">
        {text}
      </Code>
      <Tooltip label={`Copy ${what}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`Copy ${what}`}
          onClick={() => void copyText(text, what)}
        >
          <IconCopy size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
});
