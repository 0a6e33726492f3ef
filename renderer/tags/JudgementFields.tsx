/** The fields of a judgement, for one post or for many. */
import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { type KeyboardEvent, memo, type RefObject, useRef, useState } from 'react';
import { type Finding, findingSchema, type Sure, sureSchema } from '../../contract/model/tag.ts';
import { ReasonField } from '../shared/ReasonField.tsx';
import { tagMessages as words } from './messages.ts';
import { useShown } from './tagging.tsx';
import classes from './tags.module.css';

/** How many reasons are offered below the field; arrow up reaches older ones. */
const reasonsOffered = 3;

export function FindingField({ value, onChange }: { value: Finding; onChange(finding: Finding): void }) {
  return (
    <Radio.Group
      label={words.finding}
      value={value}
      onChange={(chosen) => onChange(findingSchema.parse(chosen))}
    >
      <Group gap="md" mt={4}>
        {findingSchema.options.map((finding) => (
          <Radio key={finding} value={finding} label={words.findings[finding]} />
        ))}
      </Group>
    </Radio.Group>
  );
}

export function SureField({ value, onChange }: { value: Sure | null; onChange(sure: Sure | null): void }) {
  return (
    <Radio.Group
      label={words.sure}
      value={value ?? ''}
      onChange={(chosen) => onChange(sureSchema.nullable().parse(chosen === '' ? null : chosen))}
    >
      <Group gap="md" mt={4}>
        {sureSchema.options.map((sure) => (
          <Radio key={sure} value={sure} label={words.sures[sure]} />
        ))}
        <Radio value="" label={words.sureNot} />
      </Group>
    </Radio.Group>
  );
}

interface BecauseProps {
  finding: Finding;
  value: string;
  onChange(because: string): void;
  error: string | null;
  fieldRef?: RefObject<HTMLTextAreaElement | null>;
}

/** Why; the reasons used last are offered again, by arrow up as in a shell. */
export function BecauseField({ finding, value, onChange, error, fieldRef }: BecauseProps) {
  const reasons = useShown((shown) => shown.reasons);
  const at = value === '' ? -1 : reasons.indexOf(value);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (value !== '' && at < 0)) return;
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step === undefined || reasons.length === 0) return;
    event.preventDefault();
    const next = Math.min(reasons.length - 1, at + step);
    onChange(next < 0 ? '' : (reasons[next] ?? ''));
  };
  // The same function for as long as the field is there: what is offered is not drawn again while words are typed.
  const pick = useRef((_reason: string) => {});
  pick.current = (reason) => {
    onChange(reason);
    fieldRef?.current?.focus();
  };
  const [onPick] = useState(() => (reason: string) => pick.current(reason));
  return (
    <Stack gap={4}>
      <ReasonField
        ref={fieldRef}
        label={words.because}
        description={words.becauseHelp[finding]}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={error}
      />
      <Offered reasons={reasons} without={at < 0 ? null : value} onPick={onPick} />
    </Stack>
  );
}

interface OfferedProps {
  reasons: readonly string[];
  /** Stands in the field already. */
  without: string | null;
  onPick(reason: string): void;
}

const Offered = memo(function Offered({ reasons, without, onPick }: OfferedProps) {
  const offered = reasons.filter((reason) => reason !== without).slice(0, reasonsOffered);
  if (offered.length === 0) return null;
  return (
    <Group gap={6} role="group" aria-label={words.reasons}>
      <Text size="xs" c="dimmed">
        {words.reasons}
      </Text>
      {offered.map((reason) => (
        <Button
          key={reason}
          size="compact-xs"
          variant="default"
          className={classes.reason ?? ''}
          aria-label={words.reasonAgain(reason)}
          title={reason}
          onClick={() => onPick(reason)}
        >
          <Text span size="xs" truncate dir="auto">
            {reason}
          </Text>
        </Button>
      ))}
    </Group>
  );
});
