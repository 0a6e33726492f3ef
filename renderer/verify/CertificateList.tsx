import { Button, CloseButton, Group, Input, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Failure } from '../../contract/errors.ts';
import { verifyMessages as words } from './messages.ts';

/** Files with certificates that the user names: of signers, or of time-stamping authorities. */
export function CertificateList(props: {
  label: string;
  help: string;
  add: string;
  paths: readonly string[];
  onChange: (paths: readonly string[]) => void;
  /** Null once a choice was made without one. */
  onFailure: (failure: Failure | null) => void;
  disabled: boolean;
}) {
  const { label, help, add, paths, onChange, onFailure, disabled } = props;
  const choose = async () => {
    const answer = await window.holdfast.openDialog({ kind: 'certificate' });
    onFailure(answer.ok ? null : answer.error);
    if (answer.ok && answer.value.paths !== null) onChange([...new Set([...paths, ...answer.value.paths])]);
  };
  return (
    <Input.Wrapper label={label} description={help} labelElement="div">
      <Stack gap={4} mt="xs" align="flex-start">
        {paths.map((path) => (
          <Group key={path} gap="xs" wrap="nowrap">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <bdi dir="ltr">{path}</bdi>
            </Text>
            <CloseButton
              size="sm"
              aria-label={words.dropTrust(path)}
              disabled={disabled}
              onClick={() => onChange(paths.filter((other) => other !== path))}
            />
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => void choose()}
          disabled={disabled}
        >
          {add}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
