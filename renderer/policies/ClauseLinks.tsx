import { Text } from '@mantine/core';
import type { ClauseLink } from '../../contract/model/policy.ts';
import { policyMessages } from './messages.ts';
import classes from './policies.module.css';

/** Clauses that hang together with this one: those that people linked, then those that stand beside it. */
export function ClauseLinks({ clauseKey, links }: { clauseKey: string; links: readonly ClauseLink[] }) {
  const set = links.filter(({ basis }) => basis === 'set');
  const proposed = links.filter(({ basis }) => basis === 'proposed');
  if (links.length === 0) return null;
  return (
    <>
      {set.length > 0 && <Lines clauseKey={clauseKey} links={set} />}
      {proposed.length > 0 && (
        <details>
          <Text component="summary" size="xs">
            {policyMessages.linksProposed(proposed.length)}
          </Text>
          <Lines clauseKey={clauseKey} links={proposed} />
        </details>
      )}
    </>
  );
}

function Lines({ clauseKey, links }: { clauseKey: string; links: readonly ClauseLink[] }) {
  return (
    <ul className={classes.links}>
      {links.map(({ from, to, kind, because }) => (
        <li key={`${from} ${kind} ${to}`}>
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            {from === clauseKey ? (
              <>
                {policyMessages.linked[kind]} <bdi dir="ltr">{to}</bdi>
              </>
            ) : (
              <>
                <bdi dir="ltr">{from}</bdi> {policyMessages.linked[kind]} {policyMessages.thisOne}
              </>
            )}
            {because !== null && (
              <>
                {': '}
                <bdi>{because}</bdi>
              </>
            )}
          </Text>
        </li>
      ))}
    </ul>
  );
}
