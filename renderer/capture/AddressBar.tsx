import { ActionIcon, Button, Group, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconCamera,
  IconPlayerStop,
  IconRefresh,
  IconTrashX,
  IconX,
} from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import type { ViewState } from '../../contract/model/view.ts';
import shared from '../shared/shared.module.css';
import classes from './capture.module.css';
import { captureMessages as words } from './messages.ts';
import type { View } from './useView.ts';

interface Props {
  view: View;
  state: ViewState;
  field: RefObject<HTMLInputElement | null>;
  onCapture(): void;
}

/** Where the page is, where to go, and the one button that this screen is for. */
export function AddressBar({ view, state, field, onCapture }: Props) {
  const [typed, setTyped] = useState(state.url);
  // What is typed stays until the page is somewhere else.
  useEffect(() => setTyped(state.url), [state.url]);
  const busy = state.capturing;
  return (
    <form
      aria-label={words.toolbar}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') view.go(typed);
      }}
    >
      <Group gap="xs" wrap="wrap">
        <Group gap={4} wrap="nowrap">
          <Tool label={words.back} disabled={busy || !state.canGoBack} onClick={() => view.act('back')}>
            <IconArrowLeft size={18} aria-hidden className={shared.arrow} />
          </Tool>
          <Tool
            label={words.forward}
            disabled={busy || !state.canGoForward}
            onClick={() => view.act('forward')}
          >
            <IconArrowRight size={18} aria-hidden className={shared.arrow} />
          </Tool>
          {state.loading && !busy ? (
            <Tool label={words.stop} disabled={false} onClick={() => view.act('stop')}>
              <IconPlayerStop size={18} aria-hidden />
            </Tool>
          ) : (
            <Tool label={words.reload} disabled={busy || state.url === ''} onClick={() => view.act('reload')}>
              <IconRefresh size={18} aria-hidden />
            </Tool>
          )}
        </Group>
        <TextInput
          ref={field}
          aria-label={words.address}
          placeholder={words.addressPlaceholder}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped(state.url);
          }}
          readOnly={busy}
          classNames={{ root: classes.address ?? '', input: shared.path ?? '' }}
          inputMode="url"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={8192}
        />
        <Button type="submit" variant="default" disabled={busy || typed.trim() === ''}>
          {words.go}
        </Button>
        <Button
          leftSection={<IconCamera size={18} aria-hidden />}
          disabled={busy || state.url === ''}
          onClick={onCapture}
        >
          {words.capture}
        </Button>
        {state.open && state.url !== '' && (
          <Tooltip label={words.purgeHelp} multiline maw={280}>
            <Button
              variant="outline"
              color="red"
              leftSection={<IconTrashX size={18} aria-hidden />}
              onClick={view.purge}
            >
              {words.purge}
            </Button>
          </Tooltip>
        )}
        {state.open && state.url !== '' && (
          <Tool label={words.close} description={words.closeHelp} disabled={busy} onClick={view.close}>
            <IconX size={18} aria-hidden />
          </Tool>
        )}
      </Group>
    </form>
  );
}

interface ToolProps {
  label: string;
  description?: string;
  disabled: boolean;
  onClick(): void;
  children: ReactNode;
}

function Tool({ label, description, disabled, onClick, children }: ToolProps) {
  return (
    <Tooltip
      label={description === undefined ? label : `${label}: ${description}`}
      position="top"
      multiline
      maw={280}
    >
      <ActionIcon
        type="button"
        variant="default"
        size="lg"
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
