import { Overlay, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { batchPath } from '../bridge/desk.tsx';
import { useVerify } from '../verify/VerifyProvider.tsx';
import { shellMessages as words } from './messages.ts';
import { useDropAddresses } from './useDropAddresses.ts';
import { useImportFiles } from './useImportFiles.ts';

/**
 * The whole window takes dropped files: bundles on the verify screen or while no archive is open, otherwise
 * evidence to import. Pasting a picture imports it.
 */
export function DropTarget({ archiveOpen }: { archiveOpen: boolean }) {
  const [over, setOver] = useState(false);
  const [location, navigate] = useLocation();
  const verify = useVerify();
  const importer = useImportFiles(archiveOpen);
  const dropAddresses = useDropAddresses();
  const forBatch = archiveOpen && location === batchPath;
  const forVerify = !archiveOpen || location.startsWith('/verify');

  const onPaths = (paths: string[]) => {
    const path = paths[0];
    if (path === undefined) {
      notifications.show({ color: 'orange', message: words.dropNothing });
    } else if (forVerify) {
      verify.setPath(path);
      navigate('/verify');
    } else {
      importer.importPaths(paths);
    }
  };
  const onDrop = (data: DataTransfer | null) => {
    const files = [...(data?.files ?? [])];
    if (forBatch) dropAddresses(files, data?.getData('text/plain') ?? '');
    else onPaths(window.holdfast.pathsOf(files));
  };
  const latest = useRef({ onDrop, importer });
  useEffect(() => {
    latest.current = { onDrop, importer };
  });

  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    // No pointer moves while something is dragged: a drag whose end nobody told of must not cover the window.
    const ended = () => setOver(false);
    const drop = (event: DragEvent) => {
      // Without this the window would try to open the file.
      event.preventDefault();
      setOver(false);
      latest.current.onDrop(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => {
      const items = [...(event.clipboardData?.items ?? [])];
      if (items.some((item) => item.type.startsWith('image/'))) latest.current.importer.importClipboard();
    };
    document.addEventListener('dragover', drag);
    document.addEventListener('dragleave', leave);
    document.addEventListener('pointermove', ended);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragover', drag);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('pointermove', ended);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, []);

  if (!over) return null;
  return (
    <Overlay fixed center zIndex={500} backgroundOpacity={0.75}>
      <Text size="xl" fw={600} c="white">
        {forVerify ? words.dropVerify : forBatch ? words.dropAddresses : words.dropImport}
      </Text>
    </Overlay>
  );
}
