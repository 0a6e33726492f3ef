import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { useDesk } from '../bridge/desk.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { TrustLists } from '../verify/TrustLists.tsx';
import { libraryMessages as words } from './messages.ts';

/** Before bundles or WACZ files are taken in: whose signatures the user vouches for, as on the verification screen. */
export function TrustQuestion({ paths }: { paths: readonly string[] }) {
  const { answerTrust } = useDesk();
  const [trust, setTrust] = useState<readonly string[]>([]);
  const [tsaRoots, setTsaRoots] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  return (
    <Paper withBorder p="sm" role="region" aria-label={words.trustQuestion}>
      <Form onSubmit={() => answerTrust({ trust: [...trust], tsaRoots: [...tsaRoots] })}>
        <Stack gap="sm">
          <div>
            <Text fw={600}>{words.trustQuestion}</Text>
            <Text size="sm" c="dimmed">
              {words.trustQuestionHelp}
            </Text>
          </div>
          {paths.map((path) => (
            <Text key={path} size="sm" style={{ overflowWrap: 'anywhere' }}>
              <bdi dir="ltr">{path}</bdi>
            </Text>
          ))}
          <TrustLists
            trust={trust}
            onTrust={setTrust}
            tsaRoots={tsaRoots}
            onTsaRoots={setTsaRoots}
            onFailure={setFailure}
            disabled={false}
          />
          {failure !== null && <FailureAlert error={failure} onClose={() => setFailure(null)} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => answerTrust(null)}>
              {words.trustQuestionNo}
            </Button>
            <Button type="submit">{words.trustQuestionYes}</Button>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}
