import { Loader, Stack, Text } from '@mantine/core';
import type {
  ClauseChange,
  Policy,
  PolicyVersion,
  VersionClause,
  WordChange,
} from '../../contract/model/policy.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { KeyForm } from './KeyForm.tsx';
import { policyMessages } from './messages.ts';
import classes from './policies.module.css';
import { useHistory } from './queries.ts';
import { WordChanges } from './WordChanges.tsx';

const words = policyMessages.confirm;

interface Props {
  policy: Policy;
  version: PolicyVersion;
  clause: VersionClause & { key: string };
  /** How it differs from the version before; undefined or 'added': it was not there, and is compared with what it was earlier. */
  change: ClauseChange | undefined;
}

/** Both wordings side by side, and what a person makes of them. */
export function ConfirmCard({ policy, version, clause, change }: Props) {
  const { key, title, role, likeness } = clause;
  return (
    <li className={classes.clause}>
      <Stack gap="xs">
        <Text size="sm" fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {policyMessages.likeness(Math.round((likeness ?? 0) * 100))}
        </Text>
        {change?.change === 'reworded' ? (
          <Wordings changes={change.words} />
        ) : (
          <EarlierWordings clauseKey={key} versionId={version.id} />
        )}
        <Text size="xs" c="dimmed" className={classes.key ?? ''}>
          <bdi dir="ltr">{key}</bdi>
        </Text>
        <KeyForm
          clause={{
            ...{ key, title, role, platform: policy.platform, policy: policy.name },
            ...{ version: version.id, isToConfirm: true },
          }}
          // The list is asked for anew, and leaves this one out.
          onDone={() => undefined}
        />
      </Stack>
    </li>
  );
}

/** Of a clause that had been gone: beside what it was when it last stood there. */
function EarlierWordings({ clauseKey, versionId }: { clauseKey: string; versionId: string }) {
  const history = useHistory(clauseKey);
  if (history.isError) return <FailureAlert error={history.error} />;
  if (history.data === undefined) return <Loader size="sm" aria-label={words.before} />;
  const { entries } = history.data;
  const at = entries.findIndex(({ version }) => version === versionId);
  const before = entries.slice(0, Math.max(0, at)).findLast(({ text }) => text !== null)?.text ?? '';
  const changes: WordChange[] = [
    { op: 'removed', text: before },
    { op: 'added', text: entries[at]?.text ?? '' },
  ];
  return <Wordings changes={changes} />;
}

function Wordings({ changes }: { changes: readonly WordChange[] }) {
  return (
    <div className={classes.sides}>
      <div>
        <Text size="xs" c="dimmed">
          {words.before}
        </Text>
        <WordChanges words={changes} side="before" />
      </div>
      <div>
        <Text size="xs" c="dimmed">
          {words.after}
        </Text>
        <WordChanges words={changes} side="after" />
      </div>
    </div>
  );
}
