import { Badge, Button, Collapse, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconCertificate, IconChevronDown, IconReplace } from '@tabler/icons-react';
import type { SignerLine, SignerState } from '../../contract/model/identity.ts';
import { actorWords } from '../shared/actorWords.ts';
import { chooseNew } from '../shared/dialogs.ts';
import { Facts } from '../shared/Facts.tsx';
import { Fingerprint } from '../shared/Fingerprint.tsx';
import { showInstant } from '../time/statedTime.ts';
import { identityMessages as words } from './messages.ts';
import { ReplaceForm } from './ReplaceForm.tsx';

const colors: Record<SignerState, string> = {
  proven: 'green',
  named: 'gray',
  'not-yet-valid': 'orange',
  expired: 'orange',
  replaced: 'gray',
};

async function saveCertificate({ id }: SignerLine): Promise<void> {
  const chosen = await chooseNew('certificate', words.certificateName);
  if (chosen.ok && chosen.value === null) return;
  const answer =
    chosen.ok && chosen.value !== null
      ? await window.holdfast.saveCertificate({ signerId: id, path: chosen.value })
      : chosen;
  notifications.show(
    answer.ok
      ? { color: 'green', message: words.saved }
      : { color: 'red', title: words.saveCertificate, message: answer.error.message },
  );
}

/** One signer: whose certificate, what it has done here, and what can be done with it. */
export function SignerCard({ signer }: { signer: SignerLine }) {
  const [open, details] = useDisclosure(false);
  const [replacing, replace] = useDisclosure(false);
  const { certificate, state, replaced } = signer;
  const { name, organisation } = certificate;
  const about = [name === signer.label ? null : name, organisation].filter((part) => part !== null);
  return (
    <Paper withBorder p="md" component="li">
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={4} size="h5" style={{ overflowWrap: 'anywhere' }}>
            <bdi>{signer.label}</bdi>
          </Title>
          <Badge variant="light" color={colors[state]} tt="none" style={{ flexShrink: 0 }}>
            {words.state[state]}
          </Badge>
        </Group>
        <Text size="sm">
          {about.map((part) => (
            <span key={part}>
              <bdi>{part}</bdi>,{' '}
            </span>
          ))}
          {certificate.keyType}, {words.usedHere(signer.sessions, signer.bundles)}
        </Text>
        <Text size="sm" c="dimmed">
          {words.stateHelp[state]}
        </Text>
        {replaced !== null && <Replaced replaced={replaced} />}
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            onClick={details.toggle}
            aria-expanded={open}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {words.details}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCertificate size={14} aria-hidden />}
            onClick={() => void saveCertificate(signer)}
          >
            {words.saveCertificate}
          </Button>
          {replaced === null && !replacing && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconReplace size={14} aria-hidden />}
              onClick={replace.open}
            >
              {words.replace}
            </Button>
          )}
        </Group>
        <Collapse expanded={open}>
          <Details signer={signer} />
        </Collapse>
        {replacing && <ReplaceForm signer={signer} onDone={replace.close} />}
      </Stack>
    </Paper>
  );
}

function Replaced({ replaced }: { replaced: NonNullable<SignerLine['replaced']> }) {
  return (
    <Stack gap={2}>
      <Text size="sm">
        <bdi>{words.replacedBy(replaced.name)}</bdi>, <bdi dir="ltr">{showInstant(replaced.at).text}</bdi>
      </Text>
      <Text size="sm" dir="auto">
        {words.becauseWas(replaced.because)}
      </Text>
      <Text size="sm">
        {replaced.withoutProof === null ? words.signedByOld : words.withoutProof[replaced.withoutProof]}
      </Text>
    </Stack>
  );
}

function Details({ signer }: { signer: SignerLine }) {
  const { certificate } = signer;
  const text = (value: string) => <bdi>{value}</bdi>;
  const time = (value: string) => showInstant(value).text;
  return (
    <Stack gap="sm">
      <Facts
        caption={words.certificateOf(signer.label)}
        facts={[
          { label: words.fact.name, value: text(certificate.name) },
          { label: words.fact.organisation, value: text(certificate.organisation ?? words.notGiven) },
          { label: words.fact.email, value: text(certificate.email ?? words.notGiven) },
          {
            label: words.fact.issuer,
            value: text(certificate.selfSigned ? words.itself : certificate.issuer),
          },
          certificate.chain.length === 0
            ? null
            : { label: words.fact.chain, value: text(certificate.chain.join(', ')) },
          {
            label: words.fact.valid,
            value: words.to(time(certificate.notBefore), time(certificate.notAfter)),
          },
          { label: words.fact.key, value: certificate.keyType },
          { label: words.fact.usages, value: certificate.usages?.join(', ') ?? words.anyUse },
          { label: words.fact.purposes, value: certificate.purposes?.join(', ') ?? words.anyUse },
          {
            label: words.fact.added,
            value: text(words.addedBy(actorWords(signer.addedBy), time(signer.addedAt))),
          },
        ]}
      />
      <Fingerprint sha256={certificate.fingerprint} />
    </Stack>
  );
}
