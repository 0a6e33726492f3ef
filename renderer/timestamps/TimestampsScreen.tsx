import { Container, Skeleton, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../../contract/errors.ts';
import type { TimestampList } from '../../contract/model/timestamp.ts';
import { useTimestamps } from '../bridge/queries.ts';
import { Facts } from '../shared/Facts.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { inDigits } from '../shared/sizes.ts';
import { InstantText } from '../time/TimeText.tsx';
import { CertificateList } from '../verify/CertificateList.tsx';
import { AskForm } from './AskForm.tsx';
import { AttachForm } from './AttachForm.tsx';
import { BundleStampForm } from './BundleStampForm.tsx';
import { timestampMessages as words } from './messages.ts';
import { StampTable } from './StampTable.tsx';

/** Ask an authority for a stamp, attach what it answers, see what is covered. */
export function TimestampsScreen() {
  const list = useTimestamps();
  const [roots, setRoots] = useState<readonly string[]>([]);
  const [renew, setRenew] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  return (
    <Container size="md" w="100%" px={0}>
      <Stack gap="lg">
        <ScreenHead title={words.heading} intro={words.intro} />
        {list.isPending && <Skeleton height={120} />}
        {list.isError && <FailureAlert error={list.error} />}
        {list.data !== undefined && <Coverage list={list.data} />}
        <CertificateList
          label={words.roots}
          help={words.rootsHelp}
          add={words.addRoot}
          paths={roots}
          onChange={setRoots}
          onFailure={setFailure}
          disabled={false}
        />
        {failure !== null && <FailureAlert error={failure} onClose={() => setFailure(null)} />}
        <AskForm key={renew ?? 'log'} renew={renew} onNoRenewal={() => setRenew(null)} roots={roots} />
        <AttachForm roots={roots} />
        {list.data !== undefined && <StampTable requests={list.data.requests} onRenew={setRenew} />}
        <BundleStampForm roots={roots} />
      </Stack>
    </Container>
  );
}

function Coverage({ list: { covered, uncovered } }: { list: TimestampList }) {
  const { captures, events, since } = uncovered;
  return (
    <Facts
      caption={words.coverage}
      facts={[
        {
          label: words.covered,
          value:
            covered === null ? (
              words.nothingCovered
            ) : (
              <>
                {words.coveredTo(inDigits(covered.size))} <InstantText instant={covered.genTime} />
              </>
            ),
        },
        {
          label: words.uncovered,
          value: captures === 0 ? words.allCovered(events) : words.uncoveredOf(captures, events),
        },
        since === null ? null : { label: words.since, value: <InstantText instant={since} /> },
      ]}
    />
  );
}
