/** One hook for each question that a screen asks the archive. */
import { useQuery } from '@tanstack/react-query';
import type { HostOutput } from '../../contract/channels.ts';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import type { Capture } from '../../contract/model/capture.ts';
import type { KeychainStatus } from '../../contract/model/identity.ts';
import type { LogStatus } from '../../contract/model/log.ts';
import type { Post } from '../../contract/model/post.ts';
import type { TimeBasis, TimestampList } from '../../contract/model/timestamp.ts';
import { unwrap } from './call.ts';
import { keys } from './queryClient.ts';

export function useInfo() {
  return useQuery({ queryKey: keys.info, queryFn: () => unwrap(window.holdfast.info({})) });
}

/** `data` null: no archive is open. */
export function useArchiveStatus() {
  return useQuery<ArchiveStatus | null>({
    queryKey: keys.status,
    queryFn: () => unwrap(window.holdfast.archiveStatus({})),
    gcTime: Number.POSITIVE_INFINITY,
  });
}

export function usePost(postId: string) {
  return useQuery<Post>({
    queryKey: [...keys.post, postId],
    queryFn: () => unwrap(window.holdfast.getPost({ postId })),
  });
}

/** Waits until `captureId` is known. */
export function useCapture(captureId: string | undefined) {
  return useQuery<Capture>({
    queryKey: [...keys.capture, captureId],
    queryFn: () => unwrap(window.holdfast.getCapture({ captureId: captureId ?? '' })),
    enabled: captureId !== undefined,
  });
}

/** How long the custody log is, what was signed last, and who acted. */
export function useLogStatus() {
  return useQuery<LogStatus>({ queryKey: keys.log, queryFn: () => unwrap(window.holdfast.logStatus({})) });
}

/** How many acts are shown with a capture: a screen that is drawn with every tag must not grow with the tags. */
const actsShown = 20;

/** What the custody log holds about a capture, oldest first; the first of them where there are many. */
export function useCaptureEvents(captureId: string) {
  return useQuery<HostOutput<'capture.events'>>({
    queryKey: [...keys.captureEvents, captureId],
    queryFn: () => unwrap(window.holdfast.listCaptureEvents({ captureId, limit: actsShown })),
  });
}

/** The signers of the open archive, and the identity file used last with it on this computer. */
export function useSigners() {
  return useQuery<HostOutput<'signers.list'>>({
    queryKey: keys.signers,
    queryFn: () => unwrap(window.holdfast.listSigners({})),
  });
}

/** Which identities' passphrases the system keeps; main answers, no archive need be open. */
export function useKeychain() {
  return useQuery<KeychainStatus>({
    queryKey: keys.keychain,
    queryFn: () => unwrap(window.holdfast.keychainStatus({})),
  });
}

/** Requests, stamps, and what is not covered yet. */
export function useTimestamps() {
  return useQuery<TimestampList>({
    queryKey: keys.timestamps,
    queryFn: () => unwrap(window.holdfast.listTimestamps({})),
  });
}

/** What the time of a capture rests on. */
export function useTimeBasis(captureId: string) {
  return useQuery<TimeBasis>({
    queryKey: [...keys.timeBasis, captureId],
    queryFn: () => unwrap(window.holdfast.timeBasis({ captureId })),
  });
}
