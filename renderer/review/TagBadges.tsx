import { Badge, Group } from '@mantine/core';
import type { Finding, Tag, TagState } from '../../contract/model/tag.ts';
import { reviewMessages as words } from './messages.ts';

const stateColours: Record<TagState, string> = {
  unreviewed: 'blue',
  agreed: 'green',
  disputed: 'orange',
  withdrawn: 'gray',
};
const findingColours: Record<Finding, string> = { breach: 'red', 'no-violation': 'gray', unclear: 'yellow' };

interface Props {
  tag: Pick<Tag, 'finding' | 'sure' | 'state' | 'flags'>;
  /** Leaves out what became of it since. */
  findingOnly?: boolean;
}

/** What a person assessed, how sure, what the reviews make of it, and whether the rule changed since. */
export function TagBadges({ tag, findingOnly = false }: Props) {
  return (
    <Group gap={6}>
      <Badge variant="light" color={findingColours[tag.finding]} tt="none">
        {words.finding[tag.finding]}
        {tag.sure !== null && `, ${words.sure[tag.sure]}`}
      </Badge>
      {!findingOnly && (
        <>
          <Badge variant="light" color={stateColours[tag.state]} tt="none">
            {words.state[tag.state]}
          </Badge>
          {tag.flags.map(({ code }) => (
            <Badge key={code} variant="outline" color="gray" tt="none">
              {words.flag[code]}
            </Badge>
          ))}
        </>
      )}
    </Group>
  );
}
