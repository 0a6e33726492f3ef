import { Paper, Stack, Text, Title } from '@mantine/core';
import type { WaczCheck } from '../../contract/model/wacz.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { Fingerprint } from '../shared/Fingerprint.tsx';
import { waczStepWords, waczVerdictWords, waczMessages as words } from './foreignMessages.ts';
import { verifyMessages } from './messages.ts';
import { StepList } from './StepList.tsx';
import { VerdictBadge } from './VerdictBadge.tsx';

/** What a WACZ file of others is worth. */
export function WaczView({ check }: { check: WaczCheck & { path: string } }) {
  const { verdict, signer, software, signedAt } = check;
  return (
    <section aria-label={verifyMessages.result}>
      <Stack gap="md">
        <Paper withBorder p="md" role="status">
          <Stack gap="xs" align="flex-start">
            <VerdictBadge verdict={verdict} label={waczVerdictWords[verdict].badge} />
            <Text>{waczVerdictWords[verdict].sentence}</Text>
            <Text size="sm" c="dimmed">
              {words.resultOf}
            </Text>
            <CopyText text={check.path} what={verifyMessages.pathWhat} />
          </Stack>
        </Paper>
        <Title order={3} size="h4">
          {verifyMessages.steps}
        </Title>
        <StepList steps={check.steps} words={waczStepWords} />
        <Stack gap="sm">
          <Facts
            caption={words.facts}
            facts={[
              { label: words.software, value: software === null ? null : <bdi>{software}</bdi> },
              signer === null
                ? null
                : { label: verifyMessages.signerName, value: <bdi dir="ltr">{signer.name}</bdi> },
              signedAt === null ? null : { label: words.signedAt, value: <bdi dir="ltr">{signedAt}</bdi> },
            ]}
          />
          {signer !== null && <Fingerprint sha256={signer.fingerprint} />}
        </Stack>
        <Text size="sm" c="dimmed">
          {words.notAbout}
        </Text>
      </Stack>
    </section>
  );
}
