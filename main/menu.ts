/** The application's menu: what every desktop program has, the two acts on the archive, and the capture view's. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { accelerators, type ViewOrder } from './capture-view/keys.ts';

export interface MenuActs {
  openArchive(): void;
  lockArchive(): void;
  viewOrder(order: ViewOrder): void;
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
        { label: '&Lock Archive', accelerator: 'CmdOrCtrl+Shift+L', click: acts.lockArchive },
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
    { label: '&Capture', submenu: captureMenu(acts, isMac) },
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

function captureMenu(acts: MenuActs, isMac: boolean): MenuItemConstructorOptions[] {
  const keys = accelerators(isMac);
  const item = (label: string, order: ViewOrder): MenuItemConstructorOptions => ({
    label,
    accelerator: keys[order],
    // These are taken by what has the keyboard, page or screen: they are shown here and taken there, or would act twice.
    registerAccelerator: order !== 'stop' && order !== 'purge',
    click: () => acts.viewOrder(order),
  });
  return [
    item('&Capture This Page', 'capture'),
    { type: 'separator' },
    item('&Address Bar', 'address'),
    item('&Switch Between Page and Window', 'switch'),
    { type: 'separator' },
    item('&Back', 'back'),
    item('&Forward', 'forward'),
    item('&Reload', 'reload'),
    {
      label: 'Reload',
      accelerator: 'F5',
      visible: false,
      acceleratorWorksWhenHidden: true,
      click: () => acts.viewOrder('reload'),
    },
    item('S&top', 'stop'),
    { type: 'separator' },
    item('Stop, &Purge, Keep Address and Time', 'purge'),
  ];
}
