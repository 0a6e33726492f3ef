import { Button, Group, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import type { Failure, Result } from '../../contract/errors.ts';
import { FailureAlert } from './FailureAlert.tsx';
import classes from './shared.module.css';

interface Props {
  label: string;
  description?: string;
  value: string;
  onChange(path: string): void;
  /** Shows the system's dialog; null when it was cancelled. */
  browse(): Promise<Result<string | null>>;
  browseLabel: string;
  error?: string | null;
  disabled?: boolean;
}

/** A path, typed or chosen in the system's dialog. */
export function PathField(props: Props) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const choose = async () => {
    const answer = await props.browse();
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok && answer.value !== null) props.onChange(answer.value);
  };
  return (
    <>
      <TextInput
        label={props.label}
        description={props.description}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        error={props.error}
        disabled={props.disabled === true}
        classNames={{ input: classes.path ?? '', wrapper: classes.pathInput ?? '' }}
        autoComplete="off"
        spellCheck={false}
        required
        withAsterisk={false}
        // The button stands beside the input alone: an error below must not pull it down.
        inputContainer={(input) => (
          <Group wrap="wrap" gap="xs" my={4}>
            {input}
            <Button
              variant="default"
              leftSection={<IconFolderOpen size={16} aria-hidden />}
              onClick={() => void choose()}
              disabled={props.disabled === true}
            >
              {props.browseLabel}
            </Button>
          </Group>
        )}
      />
      {failure !== null && <FailureAlert error={failure} onClose={() => setFailure(null)} />}
    </>
  );
}
