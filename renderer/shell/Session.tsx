import { Button, Center, Container, Loader, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import { BatchScreen } from '../batch/BatchScreen.tsx';
import { batchPath, capturePath, DeskProvider } from '../bridge/desk.tsx';
import { useArchiveStatus } from '../bridge/queries.ts';
import { forgetArchive, keys, refresh } from '../bridge/queryClient.ts';
import { BundleScreen } from '../bundle/BundleScreen.tsx';
import { CaptureViewScreen } from '../capture/CaptureViewScreen.tsx';
import { CaptureScreen } from '../captures/CaptureScreen.tsx';
import { CapturesScreen } from '../captures/CapturesScreen.tsx';
import { CaseScreen } from '../cases/CaseScreen.tsx';
import { CasesScreen } from '../cases/CasesScreen.tsx';
import { CertifyScreen } from '../certify/CertifyScreen.tsx';
import { CodeScreen } from '../coding/CodeScreen.tsx';
import { CodingScreen } from '../coding/CodingScreen.tsx';
import { codingMessages } from '../coding/messages.ts';
import { ResultScreen } from '../coding/ResultScreen.tsx';
import { CustodyScreen } from '../custody/CustodyScreen.tsx';
import { IdentitiesScreen } from '../identities/IdentitiesScreen.tsx';
import { LibraryScreen } from '../library/LibraryScreen.tsx';
import { PersonasScreen } from '../personas/PersonasScreen.tsx';
import { PhrasesScreen } from '../phrases/PhrasesScreen.tsx';
import { PoliciesScreen } from '../policies/PoliciesScreen.tsx';
import { postMessages } from '../post/messages.ts';
import { PostScreen } from '../post/PostScreen.tsx';
import { reviewMessages } from '../review/messages.ts';
import { ReviewScreen } from '../review/ReviewScreen.tsx';
import { SafetyScreen } from '../safety/SafetyScreen.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { RefusedElsewhere } from '../tags/RefusedElsewhere.tsx';
import { TaggingProvider } from '../tags/tagging.tsx';
import { TimestampsScreen } from '../timestamps/TimestampsScreen.tsx';
import { VerifyProvider } from '../verify/VerifyProvider.tsx';
import { VerifyScreen } from '../verify/VerifyScreen.tsx';
import { WatchedScreen } from '../watch/WatchedScreen.tsx';
import { WatchScreen } from '../watch/WatchScreen.tsx';
import { type LastArchive, WelcomeScreen } from '../welcome/WelcomeScreen.tsx';
import { shellMessages } from './messages.ts';
import { type HostNews, Shell } from './Shell.tsx';
import { useIdleLock } from './useIdleLock.ts';

/** Decides what there is to see: the welcome screen, or the open archive. */
export function Session() {
  const client = useQueryClient();
  const status = useArchiveStatus();
  const [news, setNews] = useState<HostNews | null>(null);
  const [last, setLast] = useState<LastArchive | null>(null);
  const [identityPath, setIdentityPath] = useState<string | null>(null);

  useEffect(
    () =>
      window.holdfast.onHost((message) => {
        if (message.state === 'ready') return;
        setNews({ state: message.state, message: message.message });
        void client.invalidateQueries({ queryKey: keys.status });
      }),
    [client],
  );
  useEffect(() => window.holdfast.onChanged((message) => refresh(client, message.what)), [client]);

  const archive = status.data ?? null;
  useFocusOnChange(status.isPending ? undefined : (archive?.id ?? null));
  const idleLock = useIdleLock(archive !== null);
  useEffect(() => {
    if (archive === null) forgetArchive(client);
    else {
      const { path, actor } = archive;
      // A proven name is not offered as one to claim.
      setLast({ path, actorName: actor.basis === 'claimed' ? actor.name : '', identityPath });
    }
  }, [archive, client, identityPath]);

  if (status.isPending) {
    return (
      <Center h="100vh">
        <Stack align="center">
          <Loader aria-hidden />
          <Text>{shellMessages.loading}</Text>
        </Stack>
      </Center>
    );
  }
  if (status.isError && status.data === undefined) {
    return (
      <Container size="sm" py="xl">
        <FailureAlert error={status.error}>
          <Button mt="xs" onClick={() => void status.refetch()} loading={status.isFetching}>
            {shellMessages.tryAgain}
          </Button>
        </FailureAlert>
      </Container>
    );
  }
  const closeNews = () => setNews(null);
  return (
    <VerifyProvider>
      {archive === null ? (
        <Shell archive={null} news={news} lockWaits={null} onCloseNews={closeNews}>
          <Switch>
            <Route path="/verify" component={VerifyScreen} />
            <Route path="/identities">
              <IdentitiesScreen archiveOpen={false} />
            </Route>
            <Route path="/">
              <WelcomeScreen
                last={last}
                locked={idleLock.locked}
                onOpened={({ identity }) => {
                  closeNews();
                  setIdentityPath(identity?.path ?? null);
                }}
              />
            </Route>
            <Route>
              <Redirect to="/" />
            </Route>
          </Switch>
        </Shell>
      ) : (
        <DeskProvider key={archive.id}>
          <TaggingProvider>
            <Shell archive={archive} news={news} lockWaits={idleLock.waits} onCloseNews={closeNews}>
              <RefusedElsewhere />
              <ArchiveScreens />
            </Shell>
          </TaggingProvider>
        </DeskProvider>
      )}
    </VerifyProvider>
  );
}

/** The screens of an open archive: not drawn again when the archive only grew, unless they ask what changed. */
const ArchiveScreens = memo(function ArchiveScreens() {
  return (
    <Switch>
      <Route path="/" component={LibraryScreen} />
      <Route path="/post/:postId">
        {({ postId }) => (
          <PostScreen key={postId} postId={postId} back={{ to: '/', words: postMessages.back }} />
        )}
      </Route>
      <Route path="/review" component={ReviewScreen} />
      <Route path="/review/post/:postId">
        {({ postId }) => (
          <PostScreen key={postId} postId={postId} back={{ to: '/review', words: reviewMessages.back }} />
        )}
      </Route>
      <Route path={capturePath} component={CaptureViewScreen} />
      <Route path={batchPath} component={BatchScreen} />
      <Route path="/watch" component={WatchScreen} />
      <Route path="/watch/:watchId">
        {({ watchId }) => <WatchedScreen key={watchId} watchId={watchId} />}
      </Route>
      <Route path="/captures" component={CapturesScreen} />
      <Route path="/capture/:captureId">
        {({ captureId }) => <CaptureScreen key={captureId} captureId={captureId} />}
      </Route>
      <Route path="/coding" component={CodingScreen} />
      <Route path="/coding/:codingId">
        {({ codingId }) => <CodeScreen key={codingId} codingId={codingId} />}
      </Route>
      <Route path="/coding/:codingId/result">
        {({ codingId }) => <ResultScreen key={codingId} codingId={codingId} />}
      </Route>
      <Route path="/coding/:codingId/post/:postId">
        {({ codingId, postId }) => (
          <PostScreen
            key={postId}
            postId={postId}
            back={{ to: `/coding/${codingId}/result`, words: codingMessages.backToResult }}
          />
        )}
      </Route>
      <Route path="/personas" component={PersonasScreen} />
      <Route path="/phrases" component={PhrasesScreen} />
      <Route path="/policies" component={PoliciesScreen} />
      <Route path="/cases" component={CasesScreen} />
      <Route path="/cases/:caseId">{({ caseId }) => <CaseScreen key={caseId} caseId={caseId} />}</Route>
      <Route path="/bundle" component={BundleScreen} />
      <Route path="/verify" component={VerifyScreen} />
      <Route path="/certify" component={CertifyScreen} />
      <Route path="/identities">
        <IdentitiesScreen archiveOpen />
      </Route>
      <Route path="/timestamps" component={TimestampsScreen} />
      <Route path="/custody">
        <OfArchive screen={CustodyScreen} />
      </Route>
      <Route path="/safety">
        <OfArchive screen={SafetyScreen} />
      </Route>
      <Route>
        <Redirect to="/" />
      </Route>
    </Switch>
  );
});

function OfArchive({ screen: Screen }: { screen(props: { archive: ArchiveStatus }): ReactNode }) {
  const archive = useArchiveStatus().data ?? null;
  return archive !== null && <Screen archive={archive} />;
}

/** When an archive was opened or locked, what had the keyboard is gone: Tab goes on from the top of the new screen. */
function useFocusOnChange(archiveId: string | null | undefined): void {
  const before = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    const changed = before.current !== undefined && before.current !== archiveId;
    before.current = archiveId;
    if (!changed || document.activeElement !== document.body) return;
    document.querySelector('main')?.focus({ preventScroll: true });
  }, [archiveId]);
}
