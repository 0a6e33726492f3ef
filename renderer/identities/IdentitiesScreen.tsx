import { Container, Paper, Stack, Tabs, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useSigners } from '../bridge/queries.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import classes from '../shared/shared.module.css';
import { IdentityForm } from './IdentityForm.tsx';
import { ImportForm } from './ImportForm.tsx';
import { KeychainPanel } from './KeychainPanel.tsx';
import { identityMessages as words } from './messages.ts';
import { NameForm } from './NameForm.tsx';
import { SignerCard } from './SignerCard.tsx';

/** Who signs: the signers of the open archive, making and taking over identities, and the keychain. */
export function IdentitiesScreen({ archiveOpen }: { archiveOpen: boolean }) {
  const [tab, setTab] = useState<string | null>('make');
  return (
    <Container size="md" w="100%" px={0}>
      <Stack gap="lg">
        <ScreenHead title={words.heading} intro={words.intro} />
        {archiveOpen && <Signers />}
        <section aria-label={words.newHeading}>
          <Title order={3} size="h4" mb="xs">
            {words.newHeading}
          </Title>
          <Paper withBorder p="md">
            <Tabs value={tab} onChange={setTab} keepMounted={false}>
              <Tabs.List mb="md">
                <Tabs.Tab value="make">{words.makeTab}</Tabs.Tab>
                <Tabs.Tab value="import">{words.importTab}</Tabs.Tab>
                {archiveOpen && <Tabs.Tab value="name">{words.nameTab}</Tabs.Tab>}
              </Tabs.List>
              <Tabs.Panel value="make">
                <IdentityForm />
              </Tabs.Panel>
              <Tabs.Panel value="import">
                <ImportForm />
              </Tabs.Panel>
              {archiveOpen && (
                <Tabs.Panel value="name">
                  <NameForm />
                </Tabs.Panel>
              )}
            </Tabs>
          </Paper>
        </section>
        <section aria-label={words.keychain}>
          <Title order={3} size="h4" mb="xs">
            {words.keychain}
          </Title>
          <KeychainPanel />
        </section>
      </Stack>
    </Container>
  );
}

function Signers() {
  const answer = useSigners();
  const signers = answer.data?.signers;
  return (
    <section aria-label={words.signers}>
      <Title order={3} size="h4" mb={4}>
        {words.signers}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {words.signersHelp}
      </Text>
      {answer.isError && <FailureAlert error={answer.error} />}
      {signers !== undefined && signers.length === 0 && (
        <Paper withBorder p="md">
          <Text fw={600}>{words.noSigners}</Text>
          <Text size="sm">{words.noSignersHelp}</Text>
        </Paper>
      )}
      {signers !== undefined && signers.length > 0 && (
        <Stack component="ul" gap="sm" className={classes.plainList ?? ''} aria-label={words.signers}>
          {signers.map((signer) => (
            <SignerCard key={signer.id} signer={signer} />
          ))}
        </Stack>
      )}
    </section>
  );
}
