import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Statement } from '../../contract/model/policy.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { policyMessages as words } from './messages.ts';
import classes from './policies.module.css';

/** What somebody said about a clause, visibly apart from its text, with what shows that it was said. */
export function StatementText({ statement }: { statement: Statement }) {
  const { speaker, saidOn, reportedIn, text, effect, olderPosts, address, capture } = statement;
  return (
    <div className={classes.statement}>
      <Text size="xs" fw={600}>
        {words.statement}; {words.notes.effects[effect]}
        {olderPosts === undefined ? null : `; ${words.notes.ofOlder(olderPosts)}`}
      </Text>
      <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
        {text}
      </Text>
      <Text size="xs" c="dimmed" dir="auto">
        {words.said(speaker, saidOn, reportedIn)}
      </Text>
      {address !== null && <CopyText text={address} what={words.notes.address} />}
      {capture !== null && (
        <Anchor component={Link} href={`/capture/${capture}`} size="xs">
          {words.showCapture}
        </Anchor>
      )}
    </div>
  );
}
