import { Alert, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Capture } from '../../contract/model/capture.ts';
import { actorWords } from '../shared/actorWords.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { titleOfCode } from '../shared/failures.ts';
import { inDigits } from '../shared/sizes.ts';
import { InstantText } from '../time/TimeText.tsx';
import { postMessages as words } from './messages.ts';

/** How the bytes came here, and what was odd about them. */
export function CaptureFacts({ capture }: { capture: Capture }) {
  const records = Object.entries(capture.records);
  return (
    <Stack gap="sm">
      <Facts
        caption={words.captureFacts}
        facts={[
          { label: words.capture.method, value: words.capture.byOthers },
          { label: words.capture.received, value: <InstantText instant={capture.receivedAt} /> },
          { label: words.capture.by, value: <bdi>{actorWords(capture.actor)}</bdi> },
          { label: words.capture.source, value: <bdi>{capture.sourceName}</bdi> },
          { label: words.capture.format, value: capture.format },
          {
            label: words.capture.url,
            value: capture.url === null ? null : <CopyText text={capture.url} what={words.address} />,
          },
          {
            label: words.capture.savedAt,
            value: capture.savedAt === null ? null : <bdi dir="ltr">{capture.savedAt}</bdi>,
          },
          capture.exchangeCount === 0
            ? null
            : { label: words.capture.exchanges, value: inDigits(capture.exchangeCount) },
          records.length === 0
            ? null
            : {
                label: words.capture.records,
                value: records.map(([type, count]) => `${inDigits(count)} ${type}`).join(', '),
              },
          { label: words.capture.posts, value: inDigits(capture.postCount) },
          { label: words.capture.id, value: <CopyText text={capture.id} what={words.captureId} /> },
        ]}
      />
      {capture.warnings.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={words.warningsTitle}>
          <List size="sm">
            {capture.warnings.map((warning, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same warning may stand twice
              <List.Item key={at}>
                <Text span fw={500} size="sm">
                  {titleOfCode(warning.code)}
                </Text>
                : {warning.message}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}
