import { Text, Tooltip } from '@mantine/core';
import { memo } from 'react';
import { inZone, localZone, type ShownTime, showInstant } from './statedTime.ts';

/** A time in UTC; pointing at it or focusing it gives the same instant in this computer's zone. */
export function TimeText({ shown }: { shown: ShownTime }) {
  const text = (
    <>
      <bdi dir="ltr">{shown.text}</bdi>
      {shown.note !== null && (
        <Text span size="xs" c="dimmed">
          {' '}
          ({shown.note})
        </Text>
      )}
    </>
  );
  if (shown.instant === null) return <span>{text}</span>;
  const local = `In this computer's time zone: ${inZone(shown.instant, localZone())}`;
  return (
    <Tooltip label={local} events={{ hover: true, focus: true, touch: true }} withArrow>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must be reachable from the keyboard */}
      <time dateTime={shown.instant.toISOString()} tabIndex={0}>
        {text}
      </time>
    </Tooltip>
  );
}

/** An instant of Holdfast's own clock; not drawn again while it is the same. */
export const InstantText = memo(function InstantText({ instant }: { instant: string }) {
  return <TimeText shown={showInstant(instant)} />;
});
