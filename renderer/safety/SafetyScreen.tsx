import { Container, Stack, Text, Title } from '@mantine/core';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import { BackupSection } from './BackupSection.tsx';
import { CheckSection } from './CheckSection.tsx';
import { LockSection } from './LockSection.tsx';
import { safetyMessages as words } from './messages.ts';
import { PassphraseSection } from './PassphraseSection.tsx';
import { SheetSection } from './SheetSection.tsx';

/** Lock, backup, recovery sheet, passphrase, check. */
export function SafetyScreen({ archive }: { archive: ArchiveStatus }) {
  return (
    <Container size="md" w="100%" px={0}>
      <Stack gap="md">
        <div>
          <Title order={2}>{words.heading}</Title>
          <Text mt="xs">{words.intro}</Text>
        </div>
        <BackupSection archive={archive} />
        <SheetSection archive={archive} />
        <PassphraseSection archive={archive} />
        <LockSection />
        <CheckSection />
      </Stack>
    </Container>
  );
}
