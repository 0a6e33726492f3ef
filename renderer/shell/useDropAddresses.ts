import { notifications } from '@mantine/notifications';
import { useContext } from 'react';
import { longestList } from '../../contract/address-list.ts';
import { DeskContext } from '../bridge/desk.tsx';
import { shellMessages as words } from './messages.ts';

/** Puts dropped text, and what stands in dropped text files, below the addresses of the batch. */
export function useDropAddresses() {
  const desk = useContext(DeskContext);
  return (files: readonly File[], text: string): void => {
    if (desk === null) return;
    const long = files.find(({ size }) => size > 4 * longestList);
    if (long !== undefined) {
      notifications.show({ color: 'orange', message: words.addressesTooLong(long.name) });
      return;
    }
    void Promise.all(files.map((file) => file.text())).then((texts) => {
      const { batchDraft, setBatchDraft } = desk;
      const added = [batchDraft.text, ...texts, text].filter((part) => part.trim() !== '').join('\n');
      const name = batchDraft.name === '' ? (files[0]?.name ?? '') : batchDraft.name;
      setBatchDraft({ ...batchDraft, text: added, name });
    });
  };
}
