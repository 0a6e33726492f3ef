import { CloseButton, Group, Paper, Popover, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { ClauseChoice } from '../../contract/model/tag.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { counted } from '../shared/sizes.ts';
import { ClauseSort } from './ClauseMarks.tsx';
import type { NamedClause } from './form.ts';
import { holdKeys } from './heldKeys.ts';
import { tagMessages as words } from './messages.ts';
import { clausesShown, useFoundClauses } from './queries.ts';
import classes from './tags.module.css';

interface Props {
  label: string;
  /** The platform whose clauses come first. */
  platform: string | null;
  value: NamedClause | null;
  onChange(clause: NamedClause | null): void;
  /** After one was chosen: where the keyboard goes on. */
  onChosen?: () => void;
  error: string | null;
  inputRef?: RefObject<HTMLInputElement | null>;
  description?: string;
  /** Which of those found may be chosen. */
  allow?: (clause: ClauseChoice) => boolean;
  /** The list opens in the dialog, which hides everything else from screen readers, and not over it. */
  inDialog?: boolean;
}

/** Finds a clause by any part of its name or text. Enter takes the marked one; the newest words alone count. */
export function ClauseField(props: Props) {
  const { label, platform, value, onChange, onChosen, error, inputRef, inDialog = false, allow } = props;
  const listId = useId();
  const ownRef = useRef<HTMLInputElement>(null);
  const input = inputRef ?? ownRef;
  /** Null: nothing is being typed, the chosen clause is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const query = (typed ?? '').trim();
  const found = useFoundClauses(query, platform, open);
  const clauses = (found.data?.clauses ?? []).filter((clause) => allow?.(clause) ?? true);
  const isNewest = found.data?.for === query && !found.isPlaceholderData;

  const close = () => {
    setOpen(false);
    setTyped(null);
    setActive(0);
  };
  const choose = (clause: ClauseChoice | undefined) => {
    if (clause === undefined) return;
    onChange({ key: clause.key, title: clause.title });
    close();
    onChosen?.();
  };

  // Enter before the answer has come means the first of that answer, and what is typed next belongs to what follows.
  const release = useRef<(() => void) | null>(null);
  const settle = useRef(() => {});
  settle.current = () => {
    const go = release.current;
    if (go === null || !(isNewest || found.isError)) return;
    release.current = null;
    if (isNewest) choose(clauses[0]);
    go();
  };
  useEffect(() => settle.current());
  useEffect(() => () => release.current?.(), []);
  // Room for the list below the field.
  useEffect(() => {
    if (open && !inDialog) input.current?.scrollIntoView({ block: 'center' });
  }, [open, inDialog, input]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && open) {
      event.preventDefault();
      event.stopPropagation();
      if (isNewest) choose(clauses[active]);
      else release.current ??= holdKeys();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      else move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  const move = (by: 1 | -1) => {
    const next = Math.min(clauses.length - 1, Math.max(0, active + by));
    setActive(next);
    document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };

  const field = (
    <TextInput
      ref={input}
      label={label}
      description={props.description}
      placeholder={words.clausePlaceholder}
      role="combobox"
      aria-expanded={open}
      aria-controls={open ? listId : undefined}
      aria-autocomplete="list"
      aria-activedescendant={open && clauses.length > 0 ? `${listId}-${active}` : undefined}
      value={typed ?? value?.title ?? ''}
      title={typed === null ? value?.title : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setActive(0);
        setOpen(true);
      }}
      onClick={() => setOpen(true)}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (typed === '') onChange(null);
        close();
      }}
      error={error}
      maxLength={200}
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      rightSection={
        value === null ? null : (
          <CloseButton
            size="sm"
            aria-label={words.clauseNone}
            onClick={() => {
              onChange(null);
              setTyped(null);
              input.current?.focus();
            }}
          />
        )
      }
    />
  );
  const list = (
    <div>
      {found.isError && <FailureAlert error={found.error} />}
      {found.data === undefined && !found.isError && (
        <Text size="sm" p="sm" c="dimmed">
          {words.clauseLooking}
        </Text>
      )}
      {isNewest && clauses.length === 0 && (
        <Text size="sm" p="sm">
          {words.clauseNothing}
        </Text>
      )}
      <div
        role="listbox"
        id={listId}
        aria-label={words.clauseList}
        aria-busy={!isNewest}
        className={classes.list}
      >
        {clauses.map((clause, at) => (
          // biome-ignore lint/a11y: the field has the keyboard and takes the keys for its list
          <div
            key={clause.key}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === active}
            className={classes.option}
            onClick={() => choose(clause)}
          >
            <ClauseOption clause={clause} />
          </div>
        ))}
      </div>
      {clauses.length >= clausesShown && (
        <Text size="xs" c="dimmed" p="xs">
          {words.clauseMore(clauses.length)}
        </Text>
      )}
    </div>
  );
  return (
    <>
      {inDialog ? (
        <div>
          {field}
          {open && (
            <Paper withBorder onMouseDown={(event) => event.preventDefault()}>
              {list}
            </Paper>
          )}
        </div>
      ) : (
        <Popover
          opened={open}
          position="bottom"
          width="target"
          shadow="md"
          trapFocus={false}
          withRoles={false}
          // Below the field, never over the words that are being tagged.
          middlewares={{ flip: false, shift: false }}
        >
          <Popover.Target>{field}</Popover.Target>
          {/* A press in it must not take the keyboard from the field. */}
          <Popover.Dropdown p={0} onMouseDown={(event) => event.preventDefault()}>
            {list}
          </Popover.Dropdown>
        </Popover>
      )}
      <VisuallyHidden role="status">
        {open && isNewest
          ? clauses.length === 0
            ? words.clauseNothing
            : counted(clauses.length, 'clause')
          : ''}
      </VisuallyHidden>
    </>
  );
}

function ClauseOption({ clause }: { clause: ClauseChoice }) {
  return (
    <Stack gap={2}>
      <Text size="sm" fw={500} lineClamp={2} dir="auto">
        {clause.title}
      </Text>
      <Group gap={6}>
        <ClauseSort kind={clause.kind} isDated={clause.isDated} />
        <Text size="xs" c="dimmed" truncate maw="100%">
          <bdi>{clause.platform}</bdi>, <bdi>{clause.policy}</bdi>
          {clause.role !== null && `, ${clause.role}`}
        </Text>
      </Group>
      <Text size="xs" lineClamp={2} dir="auto">
        {clause.text}
      </Text>
    </Stack>
  );
}
