import { type ComboboxParsedItem, Select, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useClauses } from '../bridge/queries.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { groupByPlatform, matches } from './clauseChoice.ts';
import { postMessages as words } from './messages.ts';

interface Props {
  platform: string | null;
  value: string | null;
  onChange(clauseKey: string | null): void;
  error: string | null;
}

/** Finds a clause by any word of its name, platform, policy or summary. */
export function ClauseField({ platform, value, onChange, error }: Props) {
  const clauses = useClauses();
  const byKey = useMemo(
    () => new Map((clauses.data ?? []).map((clause) => [clause.key, clause])),
    [clauses.data],
  );
  const groups = useMemo(() => groupByPlatform(clauses.data ?? [], platform), [clauses.data, platform]);

  const keep = (item: ComboboxParsedItem, search: string): ComboboxParsedItem[] => {
    if ('group' in item) {
      const items = item.items.filter((option) => {
        const clause = byKey.get(
          String(typeof option === 'object' && option !== null && 'value' in option ? option.value : option),
        );
        return clause !== undefined && matches(clause, search);
      });
      return items.length === 0 ? [] : [{ ...item, items }];
    }
    return [item];
  };
  return (
    <>
      {clauses.isError && <FailureAlert error={clauses.error} />}
      <Select
        label={words.clause}
        placeholder={words.clausePlaceholder}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Choose no clause' }}
        data={groups}
        value={value}
        onChange={onChange}
        error={error}
        disabled={clauses.isPending}
        nothingFoundMessage={words.clauseNothing}
        // Below the field, never over the words that are being tagged.
        comboboxProps={{ position: 'bottom', floatingHeight: 'viewport' }}
        filter={({ options, search }) => options.flatMap((item) => keep(item, search.trim()))}
        renderOption={({ option }) => {
          const clause = byKey.get(option.value);
          return (
            <Stack gap={0}>
              <Text size="sm" fw={500}>
                {option.label}
              </Text>
              {clause !== undefined && (
                <>
                  <Text size="xs" c="dimmed">
                    <bdi dir="ltr">{clause.key}</bdi>, {clause.policy}, {clause.role}
                  </Text>
                  <Text size="xs" lineClamp={2}>
                    {clause.summary}
                  </Text>
                </>
              )}
            </Stack>
          );
        }}
      />
    </>
  );
}
