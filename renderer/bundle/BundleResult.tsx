import { Alert, Button, Group, List, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCircleCheck, IconFolder } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { BundleReport } from '../../contract/model/bundle.ts';
import { certifyPath } from '../certify/CertifyScreen.tsx';
import { certifyMessages } from '../certify/messages.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { Fingerprint } from '../shared/Fingerprint.tsx';
import { inBytes } from '../shared/sizes.ts';
import { stepWords } from '../verify/messages.ts';
import { StepList } from '../verify/StepList.tsx';
import { VerdictBadge } from '../verify/VerdictBadge.tsx';
import { bundleMessages as words } from './messages.ts';

async function showInFolder(path: string): Promise<void> {
  const answer = await window.holdfast.showInFolder({ path });
  if (!answer.ok)
    notifications.show({ color: 'red', title: words.showInFolder, message: answer.error.message });
}

/** What was made, and in words what it can and cannot show. */
export function BundleResult({ report, onAnother }: { report: BundleReport; onAnother(): void }) {
  const { verification } = report;
  const failed = verification.verdict === 'failed';
  return (
    <Stack gap="md">
      <Alert
        role="status"
        color={failed ? 'red' : 'green'}
        icon={failed ? <IconAlertTriangle aria-hidden /> : <IconCircleCheck aria-hidden />}
        title={failed ? words.doneBad : words.done}
      />
      {report.warnings.length > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={words.warnings}>
          {report.warnings.map(({ code, message }) => (
            <Text key={code} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      )}
      <Facts
        caption={words.made}
        facts={[
          {
            label: words.verdict,
            value: (
              <Stack gap={4} align="flex-start">
                <VerdictBadge verdict={verification.verdict} />
                <Text size="sm">{words.ownCheck[verification.verdict]}</Text>
              </Stack>
            ),
          },
          { label: words.file, value: <CopyText text={report.path} what={words.pathWhat} /> },
          { label: words.size, value: inBytes(report.size) },
          { label: words.hash, value: <CopyText text={report.sha256} what={words.hash} /> },
          {
            label: words.contents,
            value: words.contentsOf(report.captures, report.posts, report.tags, report.files),
          },
          { label: words.id, value: <CopyText text={report.bundleId} what={words.idWhat} /> },
        ]}
      />
      <Group>
        <Button
          leftSection={<IconFolder size={16} aria-hidden />}
          onClick={() => void showInFolder(report.path)}
        >
          {words.showInFolder}
        </Button>
        {!failed && (
          <Button component={Link} href={certifyPath(report.path)} variant="default">
            {certifyMessages.link}
          </Button>
        )}
        <Button variant="default" onClick={onAnother}>
          {words.another}
        </Button>
      </Group>
      {verification.signer !== null && <Fingerprint sha256={verification.signer.fingerprint} />}
      {failed && <StepList steps={verification.steps} words={stepWords} />}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Words title={words.canTitle} items={words.can} />
        <Words title={words.cannotTitle} items={words.cannot} />
      </SimpleGrid>
    </Stack>
  );
}

function Words({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <Paper withBorder p="md">
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      <List size="sm" spacing="xs">
        {items.map((item) => (
          <List.Item key={item}>
            <Text size="sm">{item}</Text>
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}
