/** A page that was recorded here becomes a version of a policy, through the channel that the window uses. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { makeDesk } from '../../archive/desk.ts';
import type { CallContext } from '../../archive/host/port.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { hostChannels } from '../../contract/channels.ts';
import { checkArchive, checkLog, makeArchive, postPage, streamOf } from '../support/archive.ts';
import { address, begin, finishOf, play, startOf } from '../support/recording.ts';
import { temporaryFolder } from '../support/temporary.ts';

const rules = `The Ferry Rules\n\n### Safety\n\nHateful conduct: You may not attack people for their origin. 👍🏽\n`;
const context: CallContext = {
  signal: new AbortController().signal,
  progress: () => undefined,
  bytesIn: () => streamOf(),
  bytesOut: async () => undefined,
};

/** Records a page whose readable text is this; null: a page without one. */
async function record(archive: Archive, text: string | null): Promise<string> {
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), postPage('the page of the rules'));
  if (text !== null) {
    await sink.artifact(
      { captureId, role: 'text', mediaType: 'text/plain', name: null },
      streamOf(Buffer.from(text)),
    );
  }
  await sink.finish(finishOf(captureId));
  return captureId;
}

/** The desk over an archive with a recording of each text. */
async function deskWith(texts: (string | null)[]) {
  const path = join(temporaryFolder(), 'a.holdfast');
  const archive = await makeArchive({ plain: true, path });
  const captures: string[] = [];
  for (const text of texts) captures.push(await record(archive, text));
  closeArchive(archive);
  const { handlers, close } = makeDesk();
  onTestFinished(close);
  await handlers['archive.open']({ path, passphrase: null, actorName: 'Tess Ter' }, context);
  const order = (given: { path?: string; captureId?: string }) =>
    hostChannels['policies.import'].input.parse({
      ...given,
      ...{ platform: 'Ferry', policy: 'Community Guidelines', kind: 'rules', jurisdiction: null },
      ...{ address: null, licence: 'ODC-By 1.0', attribution: null },
    });
  return { handlers, captures, path, order };
}

test('a capture becomes a version: its text, seen when it was recorded, at the page’s address', async () => {
  const { handlers, captures, order, path } = await deskWith([rules]);
  const [captureId = ''] = captures;

  const report = await handlers['policies.import'](order({ captureId }), context);
  const again = await handlers['policies.import'](order({ captureId }), context);

  expect(report).toMatchObject({ versions: 1, known: 0, clauses: 2, warnings: [] });
  expect(again).toMatchObject({ versions: 0, known: 1 });
  const { versions } = await handlers['policies.versions']({ policyId: report.policy }, context);
  expect(versions).toMatchObject([
    {
      size: Buffer.byteLength(rules),
      seen: { precision: 'second' },
      source: { capture: captureId, address, licence: 'ODC-By 1.0', name: `capture ${captureId}` },
    },
  ]);
  const { clauses } = await handlers['policies.clauses']({ versionId: versions[0]?.id ?? '' }, context);
  expect(clauses.at(-1)).toMatchObject({
    title: 'Hateful conduct',
    role: 'prohibition',
    text: 'Hateful conduct: You may not attack people for their origin. 👍🏽',
  });
  await handlers['archive.lock']({}, context);
  const archive = await openArchive({ path, passphrase: null, person: { name: 'Tess Ter' } });
  onTestFinished(() => closeArchive(archive));
  checkArchive(archive);
  await checkLog(archive);
});

test('a capture without a readable text, one of an error page, and one that is not there are refused', async () => {
  const oops = 'Oops!\n\n404\n\nThe page you were looking for could not be found.\n';
  const { handlers, captures, order } = await deskWith([null, oops]);
  const ask = (captureId = '') => handlers['policies.import'](order({ captureId }), context);

  await expect(ask(captures[0])).rejects.toMatchObject({ code: 'artifact-not-found' });
  await expect(ask(captures[1])).rejects.toMatchObject({ code: 'policy-not-the-page' });
  await expect(ask('0190a000-0001-7000-8000-000000000001')).rejects.toMatchObject({
    code: 'capture-not-found',
  });
  expect(await handlers['policies.list']({}, context)).toEqual({ policies: [] });
});

test('an order names a path or a capture, not both and not neither', () => {
  const { input } = hostChannels['policies.import'];
  const rest = { platform: 'X', policy: 'Rules', kind: 'rules', jurisdiction: null };
  const terms = { address: null, licence: null, attribution: null };
  const captureId = '0190a000-0001-7000-8000-000000000001';

  expect(input.safeParse({ ...rest, ...terms, path: '/a' }).success).toBe(true);
  expect(input.safeParse({ ...rest, ...terms, captureId }).success).toBe(true);
  expect(input.safeParse({ ...rest, ...terms, path: '/a', captureId }).success).toBe(false);
  expect(input.safeParse({ ...rest, ...terms }).success).toBe(false);
});
