/** The application's menu: what every desktop program has, and the two acts on the archive. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuActs {
  openArchive(): void;
  lockArchive(): void;
}

/** Builds the menu and makes it the application's. `devTools`: only where a developer asked for them. */
export function setMenu(acts: MenuActs, devTools: boolean): void {
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        { label: '&Open Archive…', accelerator: 'CmdOrCtrl+O', click: acts.openArchive },
        { label: '&Lock Archive', accelerator: 'CmdOrCtrl+L', click: acts.lockArchive },
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(devTools ? [{ role: 'toggleDevTools' } satisfies MenuItemConstructorOptions] : []),
      ],
    },
    {
      label: '&Help',
      role: 'help',
      submenu: [{ label: 'About Holdfast', click: () => app.showAboutPanel() }],
    },
  ];
  app.setAboutPanelOptions({ applicationName: 'Holdfast', applicationVersion: app.getVersion() });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
