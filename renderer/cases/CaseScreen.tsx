import { Button, EmptyState, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconBriefcase, IconPackageExport } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import type { CaseContents } from '../../contract/model/case.ts';
import { BackLink } from '../shared/BackLink.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { showInstant } from '../time/statedTime.ts';
import { CaseForm } from './CaseForm.tsx';
import { ExhibitList } from './ExhibitList.tsx';
import { caseMessages as words } from './messages.ts';
import { useCase } from './queries.ts';

/** One case: its exhibits in their order, and the numbers that are empty. */
export function CaseScreen({ caseId }: { caseId: string }) {
  const contents = useCase(caseId);
  return (
    <Stack gap="md" maw={1000}>
      <BackLink to="/cases">{words.back}</BackLink>
      {contents.isPending && <Skeleton height={200} />}
      {contents.isError && <FailureAlert error={contents.error} />}
      {contents.data !== undefined && <Loaded contents={contents.data} />}
    </Stack>
  );
}

function Loaded({ contents }: { contents: CaseContents }) {
  const { case: one, exhibits, removed } = contents;
  const [changing, setChanging] = useState(false);
  const change = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Group justify="space-between" align="start">
        <div>
          <Title order={2} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{one.name}</bdi>
          </Title>
          <Text size="sm" c="dimmed">
            {words.exhibits(exhibits.length)}, <bdi dir="ltr">{one.timeZone}</bdi>
          </Text>
        </div>
        <Group gap="xs">
          <Button
            ref={change}
            variant="default"
            aria-expanded={changing}
            onClick={() => setChanging(!changing)}
          >
            {words.change}
          </Button>
          {exhibits.length > 0 && (
            <Button
              component={Link}
              href={`/bundle?case=${one.id}`}
              leftSection={<IconPackageExport size={16} aria-hidden />}
            >
              {words.bundle}
            </Button>
          )}
        </Group>
      </Group>
      {changing && (
        <CaseForm
          of={one}
          onDone={() => {
            setChanging(false);
            change.current?.focus();
          }}
        />
      )}
      {exhibits.length === 0 ? (
        <EmptyState
          icon={<IconBriefcase aria-hidden />}
          title={words.noExhibits}
          description={words.noExhibitsHelp}
          py="xl"
        />
      ) : (
        <ExhibitList caseId={one.id} exhibits={exhibits} />
      )}
      {removed.length > 0 && (
        <section aria-label={words.removedTitle}>
          <Title order={3} size="h4">
            {words.removedTitle}
          </Title>
          <List size="sm" mt="xs">
            {removed.map(({ id, number, removedAt, because }) => (
              <List.Item key={id}>
                {words.removedLine(number, showInstant(removedAt).text)} <bdi>{because}</bdi>
              </List.Item>
            ))}
          </List>
        </section>
      )}
    </>
  );
}
