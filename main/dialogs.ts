/** The system's dialogs for choosing files. Always with a folder to start in, which newer systems do not choose. */
import { basename, extname, join } from 'node:path';
import { app, type BrowserWindow, dialog, type FileFilter } from 'electron';
import type { ShellInput, ShellOutput } from '../contract/channels.ts';

type OpenKind = ShellInput<'dialog.open'>['kind'];
type SaveKind = ShellInput<'dialog.save'>['kind'];

const allFiles: FileFilter = { name: 'All files', extensions: ['*'] };

const openKinds: Record<OpenKind, { title: string; many: boolean; folder?: true; filters: FileFilter[] }> = {
  archive: {
    title: 'Open an archive',
    many: false,
    filters: [{ name: 'Holdfast archive', extensions: ['holdfast'] }, allFiles],
  },
  // A format is recognised from its bytes, never from its name: nothing is filtered away.
  evidence: { title: 'Import files', many: true, filters: [allFiles] },
  bundle: {
    title: 'Verify a bundle',
    many: false,
    filters: [{ name: 'Evidence bundle', extensions: ['zip'] }, allFiles],
  },
  identity: {
    title: 'Choose an identity',
    many: false,
    filters: [{ name: 'Identity (PKCS #12)', extensions: ['p12', 'pfx'] }, allFiles],
  },
  signer: {
    title: 'Choose an identity or a certificate',
    many: false,
    filters: [{ name: 'Identity or certificate', extensions: ['p12', 'pfx', 'pem', 'crt', 'cer'] }, allFiles],
  },
  certificate: {
    title: 'Choose certificates of signers that you know',
    many: true,
    filters: [{ name: 'Certificate', extensions: ['pem', 'crt', 'cer'] }, allFiles],
  },
  sheet: {
    title: 'Choose a recovery sheet',
    many: false,
    filters: [{ name: 'Recovery sheet', extensions: ['txt', 'pdf'] }, allFiles],
  },
  reply: {
    title: "Choose the authority's reply",
    many: false,
    filters: [{ name: 'Timestamp reply', extensions: ['tsr'] }, allFiles],
  },
  profile: {
    title: 'Choose an empty folder for the profile of your browser',
    many: false,
    folder: true,
    filters: [allFiles],
  },
  policies: {
    title: 'Choose a folder of dated policy texts',
    many: false,
    folder: true,
    filters: [allFiles],
  },
};

const saveKinds: Record<SaveKind, { title: string; extension: string; name: string }> = {
  archive: { title: 'Create an archive', extension: 'holdfast', name: 'Holdfast archive' },
  bundle: { title: 'Save the bundle', extension: 'zip', name: 'Evidence bundle' },
  identity: { title: 'Save the identity', extension: 'p12', name: 'Identity (PKCS #12)' },
  backup: { title: 'Save the backup', extension: 'holdfast', name: 'Holdfast archive' },
  sheet: { title: 'Save the recovery sheet', extension: 'txt', name: 'Text' },
  'sheet-pdf': { title: 'Save the recovery sheet', extension: 'pdf', name: 'PDF' },
  certificate: { title: 'Save the certificate', extension: 'pem', name: 'Certificate' },
  request: { title: 'Save the request', extension: 'tsq', name: 'Timestamp request' },
  proof: { title: 'Save the proof', extension: 'tlog-proof', name: 'Proof from a custody log' },
};

/** Absolute paths, or null when the dialog was cancelled. */
export async function askForOpen(kind: OpenKind, window: BrowserWindow): Promise<ShellOutput<'dialog.open'>> {
  const { title, many, folder, filters } = openKinds[kind];
  const answer = await dialog.showOpenDialog(window, {
    title,
    filters,
    defaultPath: app.getPath('documents'),
    properties: folder
      ? ['openDirectory', 'createDirectory']
      : many
        ? ['openFile', 'multiSelections']
        : ['openFile'],
  });
  return { paths: answer.canceled || answer.filePaths.length === 0 ? null : answer.filePaths };
}

/** An absolute path with the extension of its kind, or null when the dialog was cancelled. */
export async function askForSave(
  kind: SaveKind,
  suggestedName: string,
  window: BrowserWindow,
): Promise<ShellOutput<'dialog.save'>> {
  const { title, extension, name } = saveKinds[kind];
  const answer = await dialog.showSaveDialog(window, {
    title,
    filters: [{ name, extensions: [extension] }],
    // The name may come from a post: only its last part, and no character that a file system refuses.
    defaultPath: join(app.getPath('documents'), fileName(suggestedName, extension)),
  });
  // A cancelled dialog gives undefined in older versions and '' in newer ones.
  if (answer.canceled || !answer.filePath) return { path: null };
  return { path: extname(answer.filePath) === '' ? `${answer.filePath}.${extension}` : answer.filePath };
}

/** A harmless file name made of a suggested one; `untitled` where nothing of it is left. */
export function fileName(suggested: string, extension: string): string {
  const last = basename(suggested.replaceAll('\\', '/'));
  const clean = last
    .replace(/[<>:"|?*]|\p{Cc}/gu, '_')
    .replace(/^\.+/, '')
    .trim();
  const name = clean === '' ? 'untitled' : clean;
  return name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`;
}
