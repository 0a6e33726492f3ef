import { Textarea, type TextareaProps } from '@mantine/core';
import shared from './shared.module.css';

/**
 * Why a person does something: words in any script, kept as typed. It grows with what is typed where the engine does
 * that by itself; measuring at every key would cost a person who types fast more than it gives.
 */
export function ReasonField(props: TextareaProps) {
  return (
    <Textarea
      rows={2}
      resize="vertical"
      maxLength={10_000}
      dir="auto"
      spellCheck={false}
      classNames={{ input: shared.reason ?? '' }}
      {...props}
    />
  );
}
