import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeArchive, createArchive } from '../../archive/open.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { passphrase, postPage, streamOf, testPack } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';
import { address, begin, finishOf, play, startOf } from '../support/recording.ts';

const rules =
  'The Ferry Rules\n\n### Safety\n\nHateful conduct: You may not attack people for their origin.\n';

/** An archive with two recorded pages, of which the first has a readable text. */
async function desk() {
  const line = commandLine();
  const archive = await createArchive({
    path: join(line.folder, 'a.holdfast'),
    passphrase,
    person: { name: 'Tess Ter' },
    clauses: testPack,
  });
  const captures: string[] = [];
  for (const text of [rules, null]) {
    const sink = recordingSink(archive);
    const captureId = await begin(sink);
    await play(sink, captureId, startOf(0), postPage('the page of the rules'));
    const about = { captureId, role: 'text', mediaType: 'text/plain', name: null } as const;
    if (text !== null) await sink.artifact(about, streamOf(Buffer.from(text)));
    await sink.finish(finishOf(captureId));
    captures.push(captureId);
  }
  closeArchive(archive);
  return { ...line, captures };
}

test('policy import --capture: the text of a recorded page becomes a version, once', async () => {
  const { json, run, captures } = await desk();
  const [withText = '', without = ''] = captures;
  const flags = ['--platform', 'Ferry', '--policy', 'Community Guidelines', '--licence', 'ODC-By 1.0'];

  const report = json('policy', 'import', 'a.holdfast', ...flags, '--capture', withText);
  const again = json('policy', 'import', 'a.holdfast', ...flags, '--capture', withText);
  const none = run('policy', 'import', 'a.holdfast', ...flags, '--capture', without, '--json');
  const both = run('policy', 'import', 'a.holdfast', 'texts', ...flags, '--capture', withText, '--json');
  const { versions } = json('policy', 'versions', 'a.holdfast', '--platform', 'ferry') as {
    versions: object[];
  };

  expect(report).toMatchObject({ versions: 1, known: 0, clauses: 2, warnings: [] });
  expect(again).toMatchObject({ versions: 0, known: 1 });
  expect([none.status, JSON.parse(none.stdout)]).toMatchObject([
    1,
    { error: { code: 'artifact-not-found' } },
  ]);
  expect([both.status, JSON.parse(both.stdout)]).toMatchObject([2, { error: { code: 'bad-usage' } }]);
  expect(versions).toMatchObject([
    {
      size: rules.length,
      seen: { precision: 'second' },
      source: { capture: withText, address, licence: 'ODC-By 1.0' },
    },
  ]);
  expect(run('log', 'verify', 'a.holdfast').status).toBe(0);
}, 300_000);
