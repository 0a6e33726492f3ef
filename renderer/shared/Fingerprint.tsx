import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { fingerprintGroups, withColons } from '../../contract/fingerprint.ts';
import { copyText } from './CopyText.tsx';
import classes from './shared.module.css';

/** A certificate's fingerprint, in groups to be read out; the button copies it as openssl prints it. */
export function Fingerprint({ sha256 }: { sha256: string }) {
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm">
        SHA-256 fingerprint of the certificate, to be read out group by group (A as in Alfa)
      </Text>
      <ol className={classes.fingerprint} dir="ltr">
        {fingerprintGroups(sha256).map(({ n, digits, said }) => (
          <li key={n}>
            <Code fz="sm">{digits}</Code>{' '}
            <Text span size="xs" c="dimmed">
              {said}
            </Text>
          </li>
        ))}
      </ol>
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCopy size={14} aria-hidden />}
          onClick={() => void copyText(withColons(sha256), 'Fingerprint')}
        >
          Copy fingerprint
        </Button>
      </Group>
    </Stack>
  );
}
