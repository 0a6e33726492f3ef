import { Button, Stack, Table, Text } from '@mantine/core';
import type {
  TimestampRequestLine,
  TimestampSubject,
  TimestampToken,
} from '../../contract/model/timestamp.ts';
import classes from '../shared/shared.module.css';
import { inDigits } from '../shared/sizes.ts';
import { InstantText } from '../time/TimeText.tsx';
import { timestampMessages as words } from './messages.ts';

interface Props {
  requests: readonly TimestampRequestLine[];
  /** Gets the id of the stamp. */
  onRenew(token: string): void;
}

/** Every request with what became of it, newest first. */
export function StampTable({ requests, onRenew }: Props) {
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table verticalSpacing="xs" withTableBorder captionSide="top">
        <Table.Caption className={classes.caption ?? ''} mt={0} mb={4}>
          {words.list}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.about}</Table.Th>
            <Table.Th>{words.state}</Table.Th>
            <Table.Th>{words.authority}</Table.Th>
            <Table.Th>{words.until}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {requests.length === 0 && (
            <Table.Tr>
              <Table.Td colSpan={4}>{words.none}</Table.Td>
            </Table.Tr>
          )}
          {requests.map((request) => (
            <StampRow key={request.id} request={request} onRenew={onRenew} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function aboutWords(subject: TimestampSubject): string {
  switch (subject.kind) {
    case 'checkpoint':
      return words.checkpoint(inDigits(subject.size));
    case 'renewal':
      return words.renewal;
    case 'bundle':
      return words.ofBundle(subject.bundle);
  }
}

function StampRow({ request, onRenew }: { request: TimestampRequestLine; onRenew: Props['onRenew'] }) {
  const { subject, token, requestedAt, renewal } = request;
  const about = aboutWords(subject);
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>{about}</Table.Td>
      <Table.Td>
        {token === null ? (
          <>
            {words.pending}
            <Text size="xs" c="dimmed">
              <InstantText instant={requestedAt} />
            </Text>
          </>
        ) : (
          <>
            {words.time}{' '}
            <Text span fw={600} size="sm">
              <InstantText instant={token.genTime} />
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td>{token !== null && <AuthorityCell token={token} />}</Table.Td>
      <Table.Td>
        {token !== null && (
          <Stack gap={4} align="flex-start">
            <InstantText instant={token.notAfter} />
            {renewal !== null && renewal !== 'not-yet' && (
              <Text size="xs" c="dimmed">
                {words.renewalOf[renewal]}
              </Text>
            )}
            {renewal !== 'renewed' && (
              <Button
                size="compact-xs"
                variant={renewal === 'not-yet' ? 'subtle' : 'filled'}
                aria-label={words.renewLabel(token.genTime)}
                onClick={() => onRenew(token.id)}
              >
                {words.renew}
              </Button>
            )}
          </Stack>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function AuthorityCell({ token }: { token: TimestampToken }) {
  const facts = [
    token.trusted ? words.trusted : words.untrusted,
    words.revocationOf[token.revocation],
    ...(token.qualified ? [words.qualified] : []),
  ];
  return (
    <>
      <bdi style={{ overflowWrap: 'anywhere' }}>{token.authority}</bdi>
      <Text size="xs" c="dimmed">
        {facts.join('; ')}
      </Text>
    </>
  );
}
