import { Alert, Text } from '@mantine/core';
import type { TimestampToken } from '../../contract/model/timestamp.ts';
import { InstantText } from '../time/TimeText.tsx';
import { timestampMessages as words } from './messages.ts';

interface Props {
  token: Pick<TimestampToken, 'authority' | 'genTime' | 'trusted'>;
  /** Of a bundle: the archive keeps it as well. */
  isRecorded?: boolean;
}

/** What was just attached, and whether its authority was checked. */
export function Attached({ token, isRecorded = false }: Props) {
  return (
    <Alert color={token.trusted ? 'green' : 'yellow'} role="status" title={words.attached}>
      <Text size="sm">
        <bdi>{words.attachedAs(token.authority)}</bdi> <InstantText instant={token.genTime} />.{' '}
        {token.trusted ? words.trustedSentence : words.untrustedSentence}
        {isRecorded && ` ${words.bundleRecorded}`}
      </Text>
    </Alert>
  );
}
