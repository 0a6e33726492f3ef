import { Alert, AppShell, Burger, Button, Group, NavLink, Stack, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconBriefcase,
  IconCamera,
  IconChecks,
  IconClockCheck,
  IconDice5,
  IconEye,
  IconFiles,
  IconFolderOpen,
  IconId,
  IconLifebuoy,
  IconList,
  IconListCheck,
  IconLock,
  IconMasksTheater,
  IconPackageExport,
  IconQuote,
  IconScale,
  IconShieldCheck,
  IconTimeline,
} from '@tabler/icons-react';
import { memo, type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import { batchPath, capturePath } from '../bridge/desk.tsx';
import { safetyMessages } from '../safety/messages.ts';
import { backupReminder } from '../safety/reminder.ts';
import { StampSuggestion } from '../timestamps/StampSuggestion.tsx';
import { ArchiveBadge } from './ArchiveBadge.tsx';
import { DropTarget } from './DropTarget.tsx';
import { shellMessages as words } from './messages.ts';
import { ShellActions } from './ShellActions.tsx';
import classes from './shell.module.css';

export interface HostNews {
  state: 'stopped' | 'restarted';
  message: string;
}

interface Props {
  archive: ArchiveStatus | null;
  news: HostNews | null;
  /** Why a lock that is due waits; null where none does. */
  lockWaits: string | null;
  onCloseNews(): void;
  children: ReactNode;
}

const openItems = [
  { to: capturePath, label: words.nav.capture, icon: IconCamera },
  { to: batchPath, label: words.nav.batch, icon: IconListCheck },
  { to: '/watch', label: words.nav.watch, icon: IconEye },
  { to: '/', label: words.nav.library, icon: IconList },
  { to: '/captures', label: words.nav.captures, icon: IconFiles },
  { to: '/review', label: words.nav.review, icon: IconChecks },
  { to: '/coding', label: words.nav.coding, icon: IconDice5 },
  { to: '/personas', label: words.nav.personas, icon: IconMasksTheater },
  { to: '/phrases', label: words.nav.phrases, icon: IconQuote },
  { to: '/policies', label: words.nav.policies, icon: IconScale },
  { to: '/cases', label: words.nav.cases, icon: IconBriefcase },
  { to: '/bundle', label: words.nav.bundle, icon: IconPackageExport },
  { to: '/verify', label: words.nav.verify, icon: IconShieldCheck },
  { to: '/timestamps', label: words.nav.timestamps, icon: IconClockCheck },
  { to: '/custody', label: words.nav.custody, icon: IconTimeline },
  { to: '/identities', label: words.nav.identities, icon: IconId },
  { to: '/safety', label: words.nav.safety, icon: IconLifebuoy },
];
const closedItems = [
  { to: '/', label: words.nav.open, icon: IconFolderOpen },
  { to: '/verify', label: words.nav.verify, icon: IconShieldCheck },
  { to: '/identities', label: words.nav.identities, icon: IconId },
];

function isCurrent(to: string, location: string): boolean {
  if (to === '/') return location === '/' || location.startsWith('/post/');
  if (to === capturePath) return location === capturePath;
  // One capture, at /capture/…, belongs to their list.
  return to === '/captures'
    ? location.startsWith('/capture') && location !== capturePath
    : location.startsWith(to);
}

/** The frame around every screen: where one is, where one can go, and what the archive host has to say. */
export function Shell({ archive, news, lockWaits, onCloseNews, children }: Props) {
  const [navOpen, nav] = useDisclosure(false);
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const due = archive === null ? null : backupReminder(archive, new Date());
  const reminder = due === null ? undefined : safetyMessages.reminder(due.days);

  // A screen reader learns of the new screen, and Tab goes on from its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of screen is what it waits for
  useEffect(() => {
    if (first.current) first.current = false;
    else if (document.activeElement === document.body || document.activeElement?.closest('nav') != null) {
      main.current?.focus({ preventScroll: true });
    }
    nav.close();
  }, [location, nav.close]);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 210, breakpoint: 'sm', collapsed: { mobile: !navOpen } }}
      padding="md"
    >
      <Button className={classes.skip ?? ''} onClick={() => main.current?.focus()}>
        {words.skip}
      </Button>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group wrap="nowrap" gap="sm" miw={0}>
            <Burger
              opened={navOpen}
              onClick={nav.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={navOpen ? words.closeNav : words.openNav}
            />
            <Title order={1} size="h4">
              {words.product}
            </Title>
            {archive !== null && <ArchiveBadge archive={archive} />}
          </Group>
          <ShellActions archiveOpen={archive !== null} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={words.navLabel}>
        {(archive === null ? closedItems : openItems).map((item) => (
          <NavItem
            key={item.to}
            item={item}
            current={isCurrent(item.to, location)}
            description={item.to === '/safety' ? reminder : undefined}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main ref={main} tabIndex={-1} className={classes.main ?? ''}>
        <Stack gap="sm" className={classes.column ?? ''}>
          {news !== null && (
            <Alert
              color="orange"
              icon={<IconAlertTriangle aria-hidden />}
              title={news.state === 'stopped' ? words.hostStopped : words.hostRestarted}
              withCloseButton
              closeButtonLabel="Close this message"
              onClose={onCloseNews}
            >
              {words.hostAdvice} {news.message}
            </Alert>
          )}
          {lockWaits !== null && (
            <Alert color="blue" icon={<IconLock aria-hidden />} title={words.lockWaits} role="status">
              {lockWaits}
            </Alert>
          )}
          {archive !== null && <StampSuggestion />}
          {children}
        </Stack>
        <DropTarget archiveOpen={archive !== null} />
      </AppShell.Main>
    </AppShell>
  );
}

interface NavItemProps {
  item: (typeof openItems | typeof closedItems)[number];
  current: boolean;
  description: string | undefined;
}

const NavItem = memo(function NavItem({ item, current, description }: NavItemProps) {
  return (
    <NavLink
      component={Link}
      href={item.to}
      label={item.label}
      description={description}
      leftSection={<item.icon size={18} aria-hidden />}
      active={current}
      aria-current={current ? 'page' : undefined}
    />
  );
});
