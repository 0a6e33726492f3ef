export const doorMessages = {
  name: 'Second door: your own browser',
  intro:
    'Some platforms refuse to sign anybody in inside another program. Here your own Chrome or Chromium is opened beside this window, on a profile of its own. Sign in and browse there by hand; what one of its tabs shows is recorded here, with the same verdict.',
  warningTitle: 'What lies in that profile is open on the disk',
  warning:
    'Cookies, stored pages and the list of visited addresses lie in the folder that you name, outside of the archive and not encrypted by Holdfast. Whoever can read it can act as whoever is signed in there. Keep it on an encrypted disk; delete the folder when it is no longer needed.',
  lookOnly:
    'Look-only and the autopilot hold there as they are chosen above, look-only for every tab and as long as the browser is open. What goes over web sockets, and what the browser loads by itself as it starts, is not held.',
  folder: 'Folder of the profile',
  folderHelp: 'A new or empty folder, or one that was made here before. Never your browser’s own.',
  choose: 'Choose…',
  open: 'Open the browser',
  personaHelp:
    'Language, time zone and proxy hold for the whole browser. It must name no user agent. Its kept session is not put in.',
  opened: (browser: string) => `${browser} is open`,
  close: 'Close the browser',
  tabs: 'Tabs of the browser',
  noTabs: 'No tab shows a page of the web. Open one in the browser.',
  untitled: 'without a title',
  capture: 'Capture this page',
  captureThis: (title: string) => `Capture this page: ${title}`,
  capturing: 'Capturing the tab',
  capturingHelp:
    'The page is loaded again in its tab and recorded. Leave the tab in front until that is done.',
} as const;
