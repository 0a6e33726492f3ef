/** What outlives a change of screen, and ends with the archive's lock: running work and the picked captures. */

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useLocation } from 'wouter';
import { type Circumstances, circumstancesSchema } from '../../contract/capture-job.ts';
import type { HostInput, HostOutput, PushMessage, ShellInput, ShellOutput } from '../../contract/channels.ts';
import { type AutopilotLimits, usualLimits } from '../../contract/model/autopilot.ts';
import { usualPace } from '../../contract/model/batch.ts';
import { type LeavingOrder, leavingOrderSchema } from '../../contract/model/leaving.ts';
import type { LogReport } from '../../contract/model/log.ts';
import type { CaptureResult } from '../../contract/model/recording.ts';
import type { InboxFilter } from '../../contract/model/tag.ts';
import { captureMessages } from '../capture/messages.ts';
import type { ListPlace } from '../list/VirtualGrid.tsx';
import { type LongCall, useLongCall } from './longCall.ts';
import { usePicked } from './picked.ts';
import { refresh } from './queryClient.ts';
import { useUnseenWork } from './unseenWork.ts';

/** Files by path, or the picture on the clipboard. */
export type ImportOrder = HostInput<'import.files'> | 'clipboard';

export interface LibraryView extends ListPlace {
  query: string;
  /** A post was opened from the list, so coming back puts the keyboard there again. */
  returning: boolean;
}

export interface ReviewView extends ListPlace {
  filter: InboxFilter;
  others: boolean;
  /** Reasons begun and not recorded, by tag and act. */
  drafts: Map<string, string>;
  /** A post was opened from the list, so coming back puts the keyboard there again. */
  returning: boolean;
}

export interface Desk {
  importing: LongCall<ImportOrder, HostOutput<'import.files'>>;
  /** Imports files; where a bundle or WACZ may be among them, it first asks whose signature is trusted. */
  importPaths(paths: string[]): void;
  /** Files that wait for that answer; null: none. */
  askingTrust: string[] | null;
  answerTrust(named: { trust: string[]; tsaRoots: string[] } | null): void;
  /** A pasted picture is imported in one piece, which cannot be cancelled. */
  importCanBeCancelled: boolean;
  compiling: LongCall<HostInput<'bundle.compile'>, HostOutput<'bundle.compile'>>;
  /** What is decided about what leaves; it stays while something is mended elsewhere. */
  leaving: LeavingOrder;
  setLeaving(order: LeavingOrder): void;
  previewing: LongCall<HostInput<'bundle.preview'>, HostOutput<'bundle.preview'>>;
  backingUp: LongCall<HostInput<'archive.backup'>, HostOutput<'archive.backup'>>;
  rekeying: LongCall<HostInput<'passphrase.change'>, HostOutput<'passphrase.change'>>;
  checkingWhole: LongCall<HostInput<'archive.check'>, HostOutput<'archive.check'>>;
  /** A check of everything against the custody log. */
  checking: LongCall<null, LogReport>;
  /** The recording of the page in the capture view; its verdict stays until somebody has read it. */
  capturing: LongCall<ShellInput<'view.capture'>, CaptureResult>;
  /** The recording of a tab of the user's own browser. */
  capturingTab: LongCall<ShellInput<'door.capture'>, CaptureResult>;
  /** What the next capture is asked for, as it was left while the window is open. */
  autopilot: AutopilotDraft;
  setAutopilot(draft: AutopilotDraft): void;
  /** Captures picked in the library for a bundle. */
  picked: ReadonlySet<string>;
  togglePicked(captureId: string): void;
  /** Posts picked in the library, each with its capture; their captures are picked as well. */
  pickedPosts: ReadonlyMap<string, string>;
  togglePost(post: { postId: string; captureId: string }): void;
  clearPicked(): void;
  /** Where the library was left; a plain object, because scrolling must not draw the shell again. */
  libraryView: LibraryView;
  capturesPlace: ListPlace;
  reviewView: ReviewView;
  /** A batch that is being captured; nobody but a person stops it when its screen is left. */
  batching: LongCall<BatchStart, HostBatchEnd>;
  /** Which of its addresses are under way at this moment. */
  batchNow: PushMessage<'batch'>;
  /** Addresses that were typed and not begun. */
  batchDraft: BatchDraft;
  setBatchDraft(draft: BatchDraft): void;
  /** Which of the watch list are being checked at this moment. */
  checkingNow: PushMessage<'watch'>;
}

export interface AutopilotDraft {
  on: boolean;
  limits: AutopilotLimits;
}

/** How each address is captured. */
interface BatchHow {
  jobs: number;
  circumstances: Circumstances;
  autopilot: AutopilotDraft;
}
export interface BatchDraft extends BatchHow {
  text: string;
  name: string;
}

type BatchStart = { batchId: string; retryFailed: boolean; how: BatchHow };
type HostBatchEnd = ShellOutput<'batch.run'>;

/** Files whose signature somebody may vouch for. Those in a folder are taken in without a question, as consistent. */
const signedFile = /\.(zip|wacz)$/i;

/** Where the capture view has its screen. */
export const capturePath = '/capture';
/** Where batches have theirs: files that are dropped there are lists. */
export const batchPath = '/batch';

/** Off: a post by itself needs no scrolling, and scrolling is not unseen by the platform. */
const noAutopilot: AutopilotDraft = { on: false, limits: usualLimits };

export const DeskContext = createContext<Desk | null>(null);

export function DeskProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [importCanBeCancelled, setImportCanBeCancelled] = useState(true);
  const importing = useLongCall<ImportOrder, HostOutput<'import.files'>>(
    (order, callId) => {
      setImportCanBeCancelled(order !== 'clipboard');
      return order === 'clipboard'
        ? window.holdfast.importClipboard({})
        : window.holdfast.importFiles(order, callId);
    },
    () => refresh(client, 'posts'),
  );
  const [askingTrust, setAskingTrust] = useState<string[] | null>(null);
  const startImport = importing.start;
  const importPaths = useCallback(
    (paths: string[]) => {
      if (paths.some((path) => signedFile.test(path))) setAskingTrust(paths);
      else startImport({ paths });
    },
    [startImport],
  );
  const answerTrust = useCallback(
    (named: { trust: string[]; tsaRoots: string[] } | null) => {
      setAskingTrust(null);
      if (named !== null && askingTrust !== null) startImport({ paths: askingTrust, ...named });
    },
    [askingTrust, startImport],
  );
  const compiling = useLongCall<HostInput<'bundle.compile'>, HostOutput<'bundle.compile'>>(
    (order, callId) => window.holdfast.compileBundle(order, callId),
    () => refresh(client, 'archive'),
  );
  const previewing = useLongCall<HostInput<'bundle.preview'>, HostOutput<'bundle.preview'>>((order, callId) =>
    window.holdfast.previewBundle(order, callId),
  );
  const [leaving, setLeaving] = useState<LeavingOrder>(() => leavingOrderSchema.parse({}));
  const toArchive = useCallback(() => refresh(client, 'archive'), [client]);
  const backingUp = useLongCall<HostInput<'archive.backup'>, HostOutput<'archive.backup'>>(
    (order, callId) => window.holdfast.backUp(order, callId),
    toArchive,
  );
  const rekeying = useLongCall<HostInput<'passphrase.change'>, HostOutput<'passphrase.change'>>(
    (order, callId) => window.holdfast.changePassphrase(order, callId),
    toArchive,
  );
  const checkingWhole = useLongCall<HostInput<'archive.check'>, HostOutput<'archive.check'>>(
    (order, callId) => window.holdfast.checkArchive(order, callId),
  );
  const checking = useLongCall<null, LogReport>((_order, callId) => window.holdfast.verifyLog({}, callId));
  const [location, navigate] = useLocation();
  const capturing = useLongCall<ShellInput<'view.capture'>, CaptureResult>(
    (order, callId) => window.holdfast.captureView(order, callId),
    (result) => {
      refresh(client, 'posts');
      if (location !== capturePath) {
        const { title, text } = captureMessages.verdicts[result.verdict];
        notifications.show({ title: `${captureMessages.heading}: ${title}`, message: text });
      }
    },
  );
  const capturingTab = useLongCall<ShellInput<'door.capture'>, CaptureResult>(
    (order, callId) => window.holdfast.captureTab(order, callId),
    () => refresh(client, 'posts'),
  );
  const batching = useLongCall<BatchStart, HostBatchEnd>(
    ({ batchId, retryFailed, how: { jobs, circumstances, autopilot } }, callId) =>
      window.holdfast.runBatch(
        {
          batchId,
          retryFailed,
          pace: { ...usualPace, jobs },
          circumstances,
          autopilot: autopilot.on ? autopilot.limits : null,
        },
        callId,
      ),
    () => refresh(client, 'posts'),
  );
  const { batchNow, checkingNow } = useUnseenWork();
  const [batchDraft, setBatchDraft] = useState<BatchDraft>({
    text: '',
    name: '',
    jobs: usualPace.jobs,
    circumstances: circumstancesSchema.parse({}),
    autopilot: noAutopilot,
  });
  // The keys of the capture view lead there from every screen; on its own it takes them itself.
  useEffect(
    () =>
      window.holdfast.onViewOrder(() => {
        if (location !== capturePath) navigate(capturePath);
      }),
    [location, navigate],
  );
  const [autopilot, setAutopilot] = useState(noAutopilot);
  const { picked, pickedPosts, togglePicked, togglePost, clearPicked } = usePicked();
  const libraryView = useRef<LibraryView>({ query: '', scrollOffset: 0, activeIndex: 0, returning: false });
  const capturesPlace = useRef<ListPlace>({ scrollOffset: 0, activeIndex: 0 });
  const reviewView = useRef<ReviewView>({
    ...{ filter: 'unreviewed', others: false, drafts: new Map(), returning: false },
    ...{ scrollOffset: 0, activeIndex: 0 },
  });

  const desk = useMemo(
    () => ({
      importing,
      importPaths,
      askingTrust,
      answerTrust,
      importCanBeCancelled,
      compiling,
      leaving,
      setLeaving,
      previewing,
      backingUp,
      rekeying,
      checkingWhole,
      checking,
      capturing,
      capturingTab,
      autopilot,
      setAutopilot,
      picked,
      togglePicked,
      pickedPosts,
      togglePost,
      clearPicked,
      libraryView: libraryView.current,
      capturesPlace: capturesPlace.current,
      reviewView: reviewView.current,
      batching,
      batchNow,
      batchDraft,
      setBatchDraft,
      checkingNow,
    }),
    [
      importing,
      importPaths,
      askingTrust,
      answerTrust,
      importCanBeCancelled,
      compiling,
      leaving,
      previewing,
      backingUp,
      rekeying,
      checking,
      checkingWhole,
      capturing,
      capturingTab,
      autopilot,
      picked,
      togglePicked,
      pickedPosts,
      togglePost,
      clearPicked,
      batching,
      batchNow,
      batchDraft,
      checkingNow,
    ],
  );
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** The desk of the open archive. Throws outside `DeskProvider`, which is a mistake of ours. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk needs a DeskProvider above it');
  return desk;
}
