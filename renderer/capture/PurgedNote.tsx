import { Alert, Text } from '@mantine/core';
import { IconTrashX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { PushMessage } from '../../contract/channels.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { showInstant } from '../time/statedTime.ts';
import { captureMessages as words } from './messages.ts';

/** What became of a page that was stopped and purged, by the key in it or the button here. */
export function PurgedNote() {
  const [purged, setPurged] = useState<PushMessage<'viewPurged'> | null>(null);
  useEffect(() => window.holdfast.onViewPurged(setPurged), []);
  if (purged === null) return null;
  const close = (): void => setPurged(null);
  if (purged.failure !== null) return <FailureAlert error={purged.failure} onClose={close} />;
  if (purged.line === null) return null;
  const { leaf, address, startedAt } = purged.line;
  return (
    <Alert
      color="gray"
      role="status"
      icon={<IconTrashX aria-hidden />}
      title={words.purged(leaf)}
      withCloseButton
      onClose={close}
      closeButtonLabel={words.closePurged}
    >
      {address !== null && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          <bdi dir="ltr">{address}</bdi>
        </Text>
      )}
      {startedAt !== null && <Text size="sm">{words.purgedAt(showInstant(startedAt).text)}</Text>}
    </Alert>
  );
}
