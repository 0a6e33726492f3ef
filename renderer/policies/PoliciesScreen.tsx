import { Button, EmptyState, Group, Loader, Stack, Tabs, Text, Title } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useState } from 'react';
import type { Policy } from '../../contract/model/policy.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ChangesView } from './ChangesView.tsx';
import { ConfirmView } from './ConfirmView.tsx';
import { ImportForm } from './ImportForm.tsx';
import { policyMessages as words } from './messages.ts';
import { OnDay } from './OnDay.tsx';
import { PolicyTable } from './PolicyTable.tsx';
import { usePolicies, useVersions } from './queries.ts';
import { VersionsView } from './VersionsView.tsx';

/** The dated library: what is there, what was in force on a day, versions, and what changed. */
export function PoliciesScreen() {
  const policies = usePolicies();
  const [wanted, setWanted] = useState<string | null>(null);
  const [importing, setImporting] = useState(false);
  const list = policies.data ?? [];
  const chosen = list.find(({ id }) => id === wanted) ?? list.find(({ versions }) => versions > 0) ?? null;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <Stack gap="xs" flex={1} miw={280}>
          <Title order={2}>{words.heading}</Title>
          <Text>{words.intro}</Text>
        </Stack>
        <Button variant="default" aria-expanded={importing} onClick={() => setImporting(!importing)}>
          {words.import.open}
        </Button>
      </Group>
      {importing && <ImportForm onImported={setWanted} />}
      {policies.isError && <FailureAlert error={policies.error} />}
      {policies.isPending && <Loader size="sm" aria-label={words.heading} />}
      {policies.data?.length === 0 && (
        <EmptyState
          icon={<IconScale aria-hidden />}
          title={words.emptyTitle}
          description={words.empty}
          py="xl"
        />
      )}
      {list.length > 0 && <PolicyTable policies={list} chosen={chosen?.id ?? null} onChoose={setWanted} />}
      {chosen !== null && <PolicyView key={chosen.id} policy={chosen} />}
    </Stack>
  );
}

function PolicyView({ policy }: { policy: Policy }) {
  const versions = useVersions(policy.id);
  if (versions.isError) return <FailureAlert error={versions.error} />;
  if (versions.data === undefined) return <Loader size="sm" aria-label={words.tabs.versions} />;
  const toConfirm = versions.data.reduce((sum, version) => sum + version.toConfirm, 0);
  const key = versions.data.map(({ id }) => id).join();
  return (
    <Stack gap="sm">
      <Title order={3} size="h4" dir="auto">
        {policy.name}
      </Title>
      <Tabs defaultValue="on" keepMounted={false} key={key}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="on">{words.tabs.on}</Tabs.Tab>
          <Tabs.Tab value="versions">{words.tabs.versions}</Tabs.Tab>
          <Tabs.Tab value="changes">{words.tabs.changes}</Tabs.Tab>
          <Tabs.Tab value="confirm">{words.tabs.confirm(toConfirm)}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="on">
          <OnDay policyId={policy.id} day={policy.lastSeen?.at.slice(0, 10) ?? ''} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsView policy={policy} versions={versions.data} />
        </Tabs.Panel>
        <Tabs.Panel value="changes">
          <ChangesView versions={versions.data} />
        </Tabs.Panel>
        <Tabs.Panel value="confirm">
          <ConfirmView policy={policy} versions={versions.data} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
