import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { CheckReport } from '../../contract/model/safety.ts';
import { useDesk } from '../bridge/desk.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { counted } from '../shared/sizes.ts';
import { safetyMessages as words } from './messages.ts';
import { Section } from './Section.tsx';

/** Is everything as it was written? */
export function CheckSection() {
  const { checkingWhole: checking } = useDesk();
  const { now } = checking;
  const busy = now.state === 'running';
  return (
    <Section title={words.checkHeading} help={words.checkHelp}>
      {busy && (
        <ProgressPanel
          title={words.checking}
          progress={now.progress}
          cancelling={now.cancelling}
          onCancel={checking.cancel}
        />
      )}
      {now.state === 'failed' && <FailureAlert error={now.failure} onClose={checking.reset} />}
      {now.state === 'done' && <Found report={now.value} />}
      <Group justify="flex-end">
        <Button onClick={() => checking.start({})} loading={busy}>
          {words.check}
        </Button>
      </Group>
    </Section>
  );
}

function Found({ report }: { report: CheckReport }) {
  if (report.ok) {
    return (
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={words.checkOk} role="status">
        {words.checkOkFacts(
          counted(report.pages, 'page'),
          counted(report.events, 'event'),
          counted(report.artifacts, 'artifact'),
        )}
      </Alert>
    );
  }
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={words.checkBad} role="status">
      <Stack gap="xs">
        <List size="sm">
          {report.problems.map(({ code, message }) => (
            <List.Item key={`${code} ${message}`} style={{ overflowWrap: 'anywhere' }}>
              {message}
            </List.Item>
          ))}
        </List>
        <Text size="sm">{words.checkAdvice}</Text>
      </Stack>
    </Alert>
  );
}
