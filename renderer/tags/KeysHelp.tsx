import { Kbd, Modal, Table, Text } from '@mantine/core';
import { tagMessages as words } from './messages.ts';

/** All keys of the screen of a post. */
export function KeysHelp({ onClose }: { onClose(): void }) {
  return (
    <Modal
      opened
      returnFocus={false}
      onClose={onClose}
      title={words.keysHeading}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm" mb="sm">
        {words.keysHelp}
      </Text>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={160}>{words.keyColumn}</Table.Th>
            <Table.Th>{words.keyDoes}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {words.keys.map(([keys, does]) => (
            <Table.Tr key={does}>
              <Table.Td>
                <span dir="ltr">
                  {keys.map((key, at) => (
                    <span key={key}>
                      {at > 0 && ' '}
                      <Kbd>{key}</Kbd>
                    </span>
                  ))}
                </span>
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
