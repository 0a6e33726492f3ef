import { useContext } from 'react';
import { useLocation } from 'wouter';
import { DeskContext } from '../bridge/desk.tsx';

/** Starts an import and shows the library, where its progress and result stand. Does nothing while locked. */
export function useImportFiles(archiveOpen: boolean) {
  const desk = useContext(DeskContext);
  const [, navigate] = useLocation();
  const start = (order: { paths: string[] } | 'clipboard') => {
    if (!archiveOpen || desk === null) return;
    if (order === 'clipboard') desk.importing.start(order);
    else desk.importPaths(order.paths);
    navigate('/');
  };
  return {
    importPaths: (paths: string[]) => start({ paths }),
    importClipboard: () => start('clipboard'),
  };
}
