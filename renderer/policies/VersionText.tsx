import { Loader, Stack, Text, Title } from '@mantine/core';
import type { Policy, PolicyVersion, VersionClause } from '../../contract/model/policy.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ClauseItem } from './ClauseItem.tsx';
import { ClauseMarks } from './ClauseMarks.tsx';
import { policyMessages as words } from './messages.ts';
import { needsConfirming } from './needsConfirming.ts';
import classes from './policies.module.css';
import { useVersionClauses } from './queries.ts';
import { seenInWords } from './seen.ts';
import { VersionSource } from './VersionSource.tsx';

function notesOf({ match, likeness }: VersionClause): string[] {
  if (match === null) return [];
  return likeness === null
    ? [words.match[match]]
    : [words.match[match], words.likeness(Math.round(likeness * 100))];
}

/** A version as it was split: its headings and clauses in the order of the text. */
export function VersionText({ policy, version }: { policy: Policy; version: PolicyVersion }) {
  const parts = useVersionClauses(version.id);
  return (
    <Stack component="section" gap="xs" aria-label={words.versions.text(seenInWords(version.seen))}>
      <Title order={3} size="h4">
        {words.versions.text(seenInWords(version.seen))}
      </Title>
      <VersionSource version={version} />
      {parts.isError && <FailureAlert error={parts.error} />}
      {parts.isPending && <Loader size="sm" aria-label={words.tabs.versions} />}
      <ol className={classes.clauses}>
        {parts.data?.map((part, i) =>
          part.key === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: headings have no name but their place, and never move
            <li key={i} className={classes.clause}>
              <Text fw={700} dir="auto" size={(part.level ?? 9) <= 2 ? 'lg' : 'md'}>
                {part.title}
              </Text>
            </li>
          ) : (
            <ClauseItem
              key={part.key}
              clauseKey={part.key}
              place={[part.title]}
              text={part.text}
              marks={<ClauseMarks role={part.role} basis={part.roleBasis} notes={notesOf(part)} />}
              noted={{
                ...{ key: part.key, title: part.title, role: part.role, version: version.id },
                ...{ platform: policy.platform, policy: policy.name, isToConfirm: needsConfirming(part) },
              }}
            />
          ),
        )}
      </ol>
    </Stack>
  );
}
