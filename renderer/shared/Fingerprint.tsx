import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { copyText } from './CopyText.tsx';
import { asFingerprint, fingerprintLines } from './fingerprint.ts';

/** A certificate's fingerprint, in lines to be read out; the button copies it as openssl prints it. */
export function Fingerprint({ sha256 }: { sha256: string }) {
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm">SHA-256 fingerprint of the certificate</Text>
      <Code block dir="ltr" fz="sm">
        {fingerprintLines(sha256).join('\n')}
      </Code>
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCopy size={14} aria-hidden />}
          onClick={() => void copyText(asFingerprint(sha256), 'Fingerprint')}
        >
          Copy fingerprint
        </Button>
      </Group>
    </Stack>
  );
}
