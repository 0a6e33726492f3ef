import { ActionIcon, Alert, Button, Group, Modal, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostOutput } from '../../contract/channels.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ClauseField } from './ClauseField.tsx';
import { slotKeys } from './keys.ts';
import { tagMessages } from './messages.ts';
import { useTagging } from './tagging.tsx';

const words = tagMessages.editor;
type Slots = HostOutput<'palette.get'>['slots'];

/** Which clause lies on which key, and in which order they are shown. Nothing changes before it is kept. */
export function PaletteEditor({ slots, onClose }: { slots: Slots; onClose(): void }) {
  const client = useQueryClient();
  const tagging = useTagging();
  const [rows, setRows] = useState<Slots>(slots);
  const saving = useMutation({
    mutationFn: () =>
      unwrap(
        window.holdfast.arrangePalette({ slots: rows.map(({ slot, clauseKey }) => ({ slot, clauseKey })) }),
      ),
    onSuccess: () => {
      client.setQueryData(keys.palette, rows);
      void client.invalidateQueries({ queryKey: keys.palette });
      tagging.say(words.saved);
      onClose();
    },
  });
  const free = slotKeys.filter((key) => rows.every(({ slot }) => slot !== key));
  const problemOf = (slot: string): string | null => {
    if (!slotKeys.includes(slot)) return words.taken;
    return rows.filter((row) => row.slot === slot).length > 1 ? words.twice : null;
  };
  const isWrong = rows.some(({ slot }) => problemOf(slot) !== null);
  const swap = (at: number, by: 1 | -1) => {
    const moved = [...rows];
    const [one, other] = [moved[at], moved[at + by]];
    if (one === undefined || other === undefined) return;
    moved[at] = other;
    moved[at + by] = one;
    setRows(moved);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.heading}
      size="xl"
      closeButtonProps={{ 'aria-label': words.cancel }}
    >
      <Form onSubmit={() => !isWrong && saving.mutate()}>
        <Stack gap="sm">
          <Text size="sm">{words.help}</Text>
          {rows.length > 0 && (
            <Table layout="fixed" verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={90}>{words.key}</Table.Th>
                  <Table.Th>{words.clause}</Table.Th>
                  <Table.Th w={130}>{words.order}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(({ slot, clauseKey, title }, at) => (
                  <Table.Tr key={clauseKey}>
                    <Table.Td>
                      <NativeSelect
                        size="xs"
                        aria-label={words.keyOf(title)}
                        value={slot}
                        error={problemOf(slot) !== null}
                        data={slotKeys.includes(slot) ? [...slotKeys] : [slot, ...slotKeys]}
                        onChange={(event) => {
                          const chosen = event.currentTarget.value;
                          setRows(rows.map((row, n) => (n === at ? { ...row, slot: chosen } : row)));
                        }}
                      />
                    </Table.Td>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>
                      <Text size="sm" lineClamp={2} dir="auto">
                        {title}
                      </Text>
                      <Text size="xs" c="dimmed" truncate>
                        <bdi dir="ltr">{clauseKey}</bdi>
                      </Text>
                      {problemOf(slot) !== null && (
                        <Text size="xs" c="var(--mantine-color-error)">
                          {problemOf(slot)}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td>
                      <Group gap={4} wrap="nowrap">
                        <ActionIcon
                          variant="default"
                          aria-label={words.up(title)}
                          disabled={at === 0}
                          onClick={() => swap(at, -1)}
                        >
                          <IconArrowUp size={16} aria-hidden />
                        </ActionIcon>
                        <ActionIcon
                          variant="default"
                          aria-label={words.down(title)}
                          disabled={at === rows.length - 1}
                          onClick={() => swap(at, 1)}
                        >
                          <IconArrowDown size={16} aria-hidden />
                        </ActionIcon>
                        <ActionIcon
                          variant="default"
                          aria-label={words.remove(title)}
                          onClick={() => setRows(rows.filter((_, n) => n !== at))}
                        >
                          <IconX size={16} aria-hidden />
                        </ActionIcon>
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
          {free[0] === undefined ? (
            <Alert color="blue">{words.full}</Alert>
          ) : (
            <ClauseField
              key={rows.length}
              label={words.add}
              inDialog
              platform={null}
              value={null}
              onChange={(clause) => {
                const slot = free[0];
                if (clause === null || slot === undefined) return;
                if (rows.some(({ clauseKey }) => clauseKey === clause.key)) return;
                setRows([...rows, { slot, clauseKey: clause.key, title: clause.title }]);
              }}
              error={null}
            />
          )}
          {saving.isError && <FailureAlert error={saving.error} onClose={saving.reset} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={isWrong}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
}
