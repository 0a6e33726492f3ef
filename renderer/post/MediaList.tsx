import { Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Artifact } from '../../contract/model/capture.ts';
import type { PostMedia } from '../../contract/model/post.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { BlurredPicture } from './BlurredPicture.tsx';
import { postMessages as words } from './messages.ts';

interface Props {
  media: readonly PostMedia[];
  artifacts: readonly Artifact[];
}

/** The post's media. Pictures are blurred until asked for: this work hurts people. */
export function MediaList({ media, artifacts }: Props) {
  const [blur, setBlur] = useState(true);
  const typeOf = new Map(artifacts.map((artifact) => [artifact.sha256, artifact.mediaType]));
  return (
    <section aria-label={words.media}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4">
            {words.media}
          </Title>
          {media.length > 0 && (
            <Switch
              label={words.blur}
              checked={blur}
              onChange={(event) => setBlur(event.currentTarget.checked)}
            />
          )}
        </Group>
        {media.length === 0 && <Text c="dimmed">{words.noMedia}</Text>}
        <Group align="flex-start">
          {media.map((item, at) => (
            <MediaCard
              // biome-ignore lint/suspicious/noArrayIndexKey: one address may stand twice in a post
              key={at}
              item={item}
              mediaType={item.sha256 === null ? undefined : typeOf.get(item.sha256)}
              blur={blur}
            />
          ))}
        </Group>
      </Stack>
    </section>
  );
}

function MediaCard({
  item,
  mediaType,
  blur,
}: {
  item: PostMedia;
  mediaType: string | undefined;
  blur: boolean;
}) {
  const isPicture = mediaType?.startsWith('image/') ?? item.kind === 'image';
  return (
    <Paper withBorder p="sm" maw={460}>
      <Stack gap="xs">
        {item.sha256 !== null && isPicture && (
          <BlurredPicture key={String(blur)} sha256={item.sha256} alt={item.alt} blur={blur} />
        )}
        <Text size="sm">
          {item.kind}
          {item.sha256 === null && `, ${words.notInCapture}`}
          {item.sha256 !== null && !isPicture && `, ${words.notPlayed}`}
        </Text>
        <CopyText text={item.url} what={words.address} />
        <Text size="sm" c="dimmed">
          <bdi>{item.alt === null ? words.noAlt : words.alt(item.alt)}</bdi>
        </Text>
      </Stack>
    </Paper>
  );
}
