import { Container, Stack } from '@mantine/core';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import { ScreenHead } from '../shared/ScreenHead.tsx';
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
        <ScreenHead title={words.heading} intro={words.intro} />
        <BackupSection archive={archive} />
        <SheetSection archive={archive} />
        <PassphraseSection archive={archive} />
        <LockSection />
        <CheckSection />
      </Stack>
    </Container>
  );
}
