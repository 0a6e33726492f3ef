import { Checkbox, Stack, Text, Title } from '@mantine/core';
import type { Leak } from '../../contract/model/leaving.ts';
import { leavingMessages as words } from './leavingMessages.ts';

interface LeaksProps {
  leaks: readonly Leak[];
  /** `CODE:KEY` of those that may leave. */
  accepted: readonly string[];
  onChange(accepted: string[]): void;
}

/** What the search found, each to be decided. */
export function Leaks({ leaks: all, accepted, onChange }: LeaksProps) {
  const leaks = all.filter(({ ofOthers }) => !ofOthers);
  const ofOthers = all.filter((leak) => leak.ofOthers);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {words.leaksTitle}
      </Title>
      {leaks.length === 0 ? (
        <Text size="sm">{words.noLeaks}</Text>
      ) : (
        <Text size="sm" c="dimmed">
          {words.leaksHelp}
        </Text>
      )}
      {leaks.map(({ code, key, shown, files, fileCount }) => {
        const name = `${code}:${key}`;
        return (
          <Checkbox
            key={name}
            checked={accepted.includes(name)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked ? [...accepted, name] : accepted.filter((each) => each !== name),
              )
            }
            label={
              <>
                {words.leaks[code]}: <bdi>{shown}</bdi>
              </>
            }
            description={words.inFiles(files[0] ?? '', fileCount)}
            styles={{ body: { overflowWrap: 'anywhere' } }}
          />
        );
      })}
      {ofOthers.length > 0 && (
        <>
          <Title order={3} size="h5">
            {words.ofOthersTitle}
          </Title>
          <Text size="sm" c="dimmed">
            {words.ofOthersHelp}
          </Text>
          {ofOthers.map(({ code, key, shown, files, fileCount }) => (
            <Text key={`${code}:${key}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
              {words.leaks[code]}: <bdi>{shown}</bdi>, {words.inFiles(files[0] ?? '', fileCount)}
            </Text>
          ))}
        </>
      )}
    </Stack>
  );
}
