import { Alert, Button, EmptyState, Group, Kbd, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconArchive, IconClipboard, IconFileImport, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useDesk } from '../bridge/desk.tsx';
import { useArchiveStatus } from '../bridge/queries.ts';
import { maxScrollRows } from '../list/pages.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import classes from './library.module.css';
import { libraryMessages as words } from './messages.ts';
import { PickedBar } from './PickedBar.tsx';
import { PostGrid } from './PostGrid.tsx';
import { useImportButtons } from './useImportButtons.ts';
import { usePostRows } from './usePostRows.ts';

/** All posts of the archive, a search over them, and the way in for new material. */
export function LibraryScreen() {
  const desk = useDesk();
  const [typed, setTyped] = useState(desk.libraryView.query);
  const [query] = useDebouncedValue(typed.trim(), 150);
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const rows = usePostRows(query, visible);
  const status = useArchiveStatus();
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const buttons = useImportButtons();

  useHotkeys([['/', () => search.current?.focus()]]);
  const type = (text: string) => {
    desk.libraryView.query = text.trim();
    desk.libraryView.scrollOffset = 0;
    desk.libraryView.activeIndex = 0;
    setTyped(text);
  };
  const empty = rows.total === 0;

  return (
    <Stack gap="sm" className={classes.screen ?? ''}>
      <Group justify="space-between">
        <Title order={2}>{words.heading}</Title>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconClipboard size={16} aria-hidden />}
            onClick={buttons.paste}
            disabled={buttons.busy}
          >
            {words.paste}
          </Button>
          <Button
            leftSection={<IconFileImport size={16} aria-hidden />}
            onClick={() => void buttons.chooseFiles()}
            disabled={buttons.busy}
          >
            {words.import}
          </Button>
        </Group>
      </Group>
      {buttons.failure !== null && <FailureAlert error={buttons.failure} onClose={buttons.forgetFailure} />}
      <ImportPanel />
      <Group gap="sm" wrap="wrap">
        <TextInput
          ref={search}
          aria-label={words.search}
          placeholder={words.search}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={typed === '' ? <Kbd size="xs">/</Kbd> : null}
          value={typed}
          maxLength={1000}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              grid.current?.focus();
            } else if (event.key === 'Escape') {
              type('');
            }
          }}
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          flex={1}
          miw={200}
        />
        <Text size="sm" c="dimmed" role="status">
          {rows.total !== undefined &&
            words.found(
              rows.total,
              rows.totalIsLowerBound,
              status.data?.counts.posts ?? rows.total,
              rows.query,
            )}
        </Text>
        <PickedBar />
      </Group>
      {rows.error !== null && <FailureAlert error={rows.error} />}
      {rows.rowCount >= maxScrollRows && <Alert color="blue">{words.capped(maxScrollRows)}</Alert>}
      {empty && rows.query === '' && (
        <EmptyState
          icon={<IconArchive aria-hidden />}
          title={words.emptyTitle}
          description={words.empty}
          py="xl"
        />
      )}
      {empty && rows.query !== '' && (
        <EmptyState
          icon={<IconSearchOff aria-hidden />}
          title={words.nothingTitle}
          description={words.nothing}
          py="xl"
        />
      )}
      {/* A new query starts at the top with a fresh list. */}
      {!empty && <PostGrid key={rows.query} rows={rows} onVisible={setVisible} gridRef={grid} />}
    </Stack>
  );
}
