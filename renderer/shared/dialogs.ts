import type { ShellInput } from '../../contract/channels.ts';
import type { Result } from '../../contract/errors.ts';

/** One existing file; null when the dialog was cancelled. */
export async function chooseOne(kind: ShellInput<'dialog.open'>['kind']): Promise<Result<string | null>> {
  const answer = await window.holdfast.openDialog({ kind });
  return answer.ok ? { ok: true, value: answer.value.paths?.[0] ?? null } : answer;
}

/** A file to be written; null when the dialog was cancelled. */
export async function chooseNew(
  kind: ShellInput<'dialog.save'>['kind'],
  suggestedName: string,
): Promise<Result<string | null>> {
  const answer = await window.holdfast.saveDialog({ kind, suggestedName });
  return answer.ok ? { ok: true, value: answer.value.path } : answer;
}
