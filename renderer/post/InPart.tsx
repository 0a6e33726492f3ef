import { Alert, List, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import type { Capture } from '../../contract/model/capture.ts';
import type { PostContent } from '../../contract/model/post.ts';
import { postMessages } from './messages.ts';

const words = postMessages.inPart;

/** Said above a post that came in a bundle with parts withheld; nothing where it is whole. */
export function PostInPart({ content: { withheld } }: { content: PostContent }) {
  if (withheld === undefined) return null;
  const counts = new Map<string, number>();
  for (const { name } of withheld) {
    const part = name === null ? words.unknown : words.part(name);
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return (
    <Alert color="yellow" icon={<IconEyeOff aria-hidden />} title={words.post}>
      <Text size="sm">{words.postHelp}</Text>
      <Text size="sm">
        {words.lacks}: {[...counts].map(([part, n]) => `${part} (${n})`).join(', ')}
      </Text>
    </Alert>
  );
}

/** Said with a capture of which whoever sent its bundle withheld something: what, and why. */
export function CaptureInPart({ origin }: Pick<Capture, 'origin'>) {
  if (origin?.partial === undefined) return null;
  const { signer, withheld } = origin.partial;
  return (
    <Alert color="yellow" icon={<IconEyeOff aria-hidden />} title={words.capture}>
      <Text size="sm">
        {words.by} <bdi>{signer.name}</bdi>. {words.captureHelp}
      </Text>
      <List size="sm">
        {withheld.map((entry, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be withheld twice for the same reason
          <List.Item key={at}>
            {entry.what === 'words' ? words.words : postMessages.roles[entry.role]}:{' '}
            <bdi>{entry.because ?? words.follows}</bdi>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
