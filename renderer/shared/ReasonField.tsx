import { Textarea, type TextareaProps } from '@mantine/core';

/** Why a person does something: words in any script, kept as typed. It grows with what is typed. */
export function ReasonField(props: TextareaProps) {
  return (
    <Textarea autosize minRows={2} maxRows={10} maxLength={10_000} dir="auto" spellCheck={false} {...props} />
  );
}
