import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { WrittenIdentity } from '../../contract/model/identity.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Fingerprint } from '../shared/Fingerprint.tsx';
import { identityMessages as words } from './messages.ts';

interface Props {
  title: string;
  made: WrittenIdentity;
  onUse?: (() => void) | undefined;
}

/** An identity that was just made or taken over: what lies where, and the fingerprint to read out. */
export function Written({ title, made, onUse }: Props) {
  return (
    <Stack gap="sm">
      {made.warnings.map(({ code, message }) => (
        <Alert key={code} color="orange" icon={<IconAlertTriangle aria-hidden />}>
          {message}
        </Alert>
      ))}
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={title} role="status">
        <Stack gap="sm">
          <Fingerprint sha256={made.signer.fingerprint} />
          <Text size="sm">{words.createdAdvice}</Text>
          <Text size="sm">{words.certificateAt}</Text>
          <CopyText text={made.certificatePath} what={words.pathWhat} />
          {made.chainPath !== null && (
            <>
              <Text size="sm">{words.chainAt}</Text>
              <CopyText text={made.chainPath} what={words.pathWhat} />
            </>
          )}
          {onUse !== undefined && (
            <Group>
              <Button onClick={onUse}>{words.use}</Button>
            </Group>
          )}
        </Stack>
      </Alert>
    </Stack>
  );
}
