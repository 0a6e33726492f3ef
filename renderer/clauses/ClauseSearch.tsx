import { type ComboboxItem, Loader, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClauseChoice } from '../../contract/model/tag.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { policyMessages } from '../policies/messages.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { clauseMessages as words } from './messages.ts';

/** Typing pauses this long before the archive is asked. */
const typingMs = 120;

interface Props {
  label?: string;
  description?: string;
  /** Whose clauses come first; null: nobody's. */
  platform: string | null;
  value: ClauseChoice | null;
  onChange(clause: ClauseChoice | null): void;
  error?: string | null;
  disabled?: boolean;
  /** Which of those found may be chosen. */
  allow?: (clause: ClauseChoice) => boolean;
}

function useFound(query: string, platform: string | null) {
  return useQuery({
    queryKey: [...keys.clauseSearch, platform, query],
    queryFn: async () => (await unwrap(window.holdfast.findClauses({ query, platform, limit: 50 }))).clauses,
    placeholderData: keepPreviousData,
  });
}

function optionOf({ key, title }: ClauseChoice): ComboboxItem {
  return { value: key, label: title === '' ? key : title };
}

/** Finds a clause, of packs or of the dated library, by any part of its name, key or words. */
export function ClauseSearch(props: Props) {
  const { value, platform } = props;
  const [typed, setTyped] = useState('');
  const chosenLabel = value === null ? null : optionOf(value).label;
  // The field holds the name of what was chosen: that is no question, and its neighbours are still of use.
  const [query] = useDebouncedValue(typed === chosenLabel ? '' : typed.trim(), typingMs);
  const found = useFound(query, platform);
  const allowed = (found.data ?? []).filter((clause) => props.allow?.(clause) ?? true);
  const shown =
    value === null || allowed.some(({ key }) => key === value.key) ? allowed : [value, ...allowed];
  const byKey = new Map(shown.map((clause) => [clause.key, clause]));
  return (
    <>
      {found.isError && <FailureAlert error={found.error} />}
      <Select
        label={props.label ?? words.label}
        description={props.description}
        placeholder={words.placeholder}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': words.none }}
        data={shown.map(optionOf)}
        value={value?.key ?? null}
        onChange={(key) => props.onChange(key === null ? null : (byKey.get(key) ?? null))}
        searchValue={typed}
        onSearchChange={setTyped}
        // The archive has searched; what it found stays in its order.
        filter={({ options }) => options}
        nothingFoundMessage={found.isPending ? words.searching : words.nothing}
        rightSection={found.isFetching ? <Loader size="xs" aria-hidden /> : undefined}
        error={props.error}
        disabled={props.disabled === true}
        comboboxProps={{ position: 'bottom', floatingHeight: 'viewport' }}
        maxDropdownHeight={320}
        renderOption={({ option }) => {
          const clause = byKey.get(option.value);
          return clause === undefined ? option.label : <Choice clause={clause} />;
        }}
      />
    </>
  );
}

/** One clause to choose from. */
function Choice({ clause }: { clause: ClauseChoice }) {
  return (
    <Stack gap={0} miw={0}>
      <Text size="sm" fw={500} dir="auto" lineClamp={2}>
        {clause.title}
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {clause.platform}, <bdi>{clause.policy}</bdi>
        {clause.role !== null && `, ${policyMessages.role[clause.role]}`}
        {clause.kind === 'norm' && `, ${words.norm}`}. {clause.isDated ? words.dated : words.pack}
      </Text>
      <Text size="xs" dir="auto" lineClamp={2}>
        {clause.text}
      </Text>
    </Stack>
  );
}
