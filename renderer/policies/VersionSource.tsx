import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { PolicyVersion } from '../../contract/model/policy.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { policyMessages } from './messages.ts';
import { seenInWords } from './seen.ts';

const words = policyMessages.versions;

/** Where the text of a version comes from, and on what terms it may be passed on. */
export function VersionSource({
  version: { seen, inForceFrom, sha256, source },
}: {
  version: PolicyVersion;
}) {
  return (
    <Facts
      caption={words.facts}
      facts={[
        { label: words.seen, value: seenInWords(seen) },
        { label: words.inForceFrom, value: inForceFrom?.slice(0, 10) ?? words.inForceNotKnown },
        { label: words.sourceName, value: <bdi>{source.name}</bdi> },
        source.bundle === undefined
          ? null
          : {
              label: words.cameIn,
              value: (
                <>
                  <bdi>{words.cameInBundle(source.bundle.signer.name, source.bundle.archive)}</bdi>
                  {`; ${source.bundle.verdict === 'trusted' ? words.vouched : words.uncounted}`}
                </>
              ),
            },
        {
          label: words.address,
          value:
            source.address === null ? (
              words.notStated
            ) : (
              <CopyText text={source.address} what={words.address} />
            ),
        },
        { label: words.licence, value: <bdi>{source.licence ?? words.notStated}</bdi> },
        { label: words.attribution, value: <bdi>{source.attribution ?? words.notStated}</bdi> },
        source.capture === null
          ? null
          : {
              label: words.capture,
              value: (
                <Anchor component={Link} href={`/capture/${source.capture}`} size="sm">
                  {policyMessages.showCapture}
                </Anchor>
              ),
            },
        { label: words.hash, value: <CopyText text={sha256} what={words.hashWhat} /> },
      ]}
    />
  );
}
