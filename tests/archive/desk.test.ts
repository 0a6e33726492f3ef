import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compileBundle } from '../../archive/compile.ts';
import { makeDesk } from '../../archive/desk.ts';
import type { CallContext } from '../../archive/host/port.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { importPage, makeArchive, streamOf } from '../support/archive.ts';
import { address, endOf, engine, finishOf, startOf } from '../support/recording.ts';
import { temporaryFolder } from '../support/temporary.ts';

const never = new Promise<never>(() => undefined);

function context(own: Partial<CallContext> = {}): CallContext {
  return {
    signal: new AbortController().signal,
    progress: () => undefined,
    bytesIn: () => streamOf(),
    bytesOut: async () => undefined,
    ...own,
  };
}

/** A desk, and a path for an archive that is not there yet. */
function desk() {
  const { handlers, close } = makeDesk();
  onTestFinished(close);
  const input = { path: join(temporaryFolder(), 'a.holdfast'), passphrase: null, actorName: 'Tess Ter' };
  return { handlers, input };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

test('locked while it is being made, an archive is locked and not open', async () => {
  const { handlers, input } = desk();

  const made = handlers['archive.create'](input, context());
  await handlers['archive.lock']({}, context());
  await made;

  expect(await handlers['archive.status']({}, context())).toBeNull();
});

test('two openings at once: one opens, the other is told so', async () => {
  const { handlers, input } = desk();

  const codes = await Promise.all([
    codeOf(handlers['archive.create'](input, context())),
    codeOf(handlers['archive.open'](input, context())),
  ]);

  expect(codes).toEqual(['done', 'archive-already-open']);
});

test('locking does not wait for a sender that sends nothing; nothing of its file stays', async () => {
  const { handlers, input } = desk();
  await handlers['archive.create'](input, context());
  async function* stalled(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(10);
    await never;
  }

  const importing = codeOf(handlers['import.stream']({ name: 'a.bin' }, context({ bytesIn: stalled })));
  await handlers['archive.lock']({}, context());

  expect(await importing).toBe('cancelled');
  const status = await handlers['archive.open'](input, context());
  expect(status.counts).toMatchObject({ captures: 0, artifacts: 0 });
});

test('locking does not wait for a reader that takes nothing, such as a paused video', async () => {
  const { handlers, input } = desk();
  await handlers['archive.create'](input, context());
  const bytes = randomBytes(3 * 1024 * 1024);
  const { artifacts } = await handlers['import.stream'](
    { name: 'a.mp4' },
    context({ bytesIn: () => streamOf(bytes) }),
  );
  const request = { sha256: artifacts[0]?.sha256 ?? '', offset: 0, length: null };

  const reading = codeOf(handlers['artifact.read'](request, context({ bytesOut: () => never })));
  await handlers['archive.lock']({}, context());

  expect(await reading).toBe('cancelled');
  expect(await handlers['archive.status']({}, context())).toBeNull();
});

test('work that is asked for while it locks is refused, and the archive opens again afterwards', async () => {
  const { handlers, input } = desk();
  await handlers['archive.create'](input, context());

  const locking = handlers['archive.lock']({}, context());
  const late = await codeOf(handlers['tags.list']({ postId: '' }, context()));
  await locking;
  const again = await codeOf(handlers['archive.open'](input, context()));

  expect([late, again]).toEqual(['archive-not-open', 'done']);
});

test('locking does not wait for a recorded body that never ends; what came of it is kept as interrupted', async () => {
  const { handlers, input } = desk();
  await handlers['archive.create'](input, context());
  const { captureId } = await handlers['recording.begin'](
    { url: address, startedAt: '2026-01-05T08:00:00.000Z', engine },
    context(),
  );
  async function* stalled(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('<!doctype html><p>half a page');
    await never;
  }

  const exchange = codeOf(
    handlers['recording.exchange']({ captureId, exchange: startOf(0) }, context({ bytesIn: stalled })),
  );
  await handlers['archive.lock']({}, context());

  expect(await exchange).toBe('cancelled');
  await handlers['archive.open'](input, context());
  const kept = await handlers['capture.get']({ captureId }, context());
  expect(kept.reasons.map(({ code }) => code)).toContain('interrupted');
});

test('locking does not wait for a replay that takes nothing', async () => {
  const { handlers, input } = desk();
  await handlers['archive.create'](input, context());
  const { captureId } = await handlers['recording.begin'](
    { url: address, startedAt: '2026-01-05T08:00:00.000Z', engine },
    context(),
  );
  const page = Buffer.from('<!doctype html><p>a page');
  await handlers['recording.exchange'](
    { captureId, exchange: startOf(0) },
    context({ bytesIn: () => streamOf(page) }),
  );
  await handlers['recording.exchangeEnd']({ captureId, end: endOf(0, page.length) }, context());
  await handlers['recording.finish'](finishOf(captureId), context());

  const replay = codeOf(
    handlers['replay.resource']({ captureId, url: address }, context({ bytesOut: () => never })),
  );
  await handlers['archive.lock']({}, context());

  expect(await replay).toBe('cancelled');
});

test('whom the user names for an import is trusted, and whom nobody names is not', async () => {
  const there = await makeArchive({ plain: true });
  await importPage(there, 'words from elsewhere');
  const signer = await createIdentity({ name: 'Ida Signer', now: new Date() });
  const [bundle, trust] = [join(temporaryFolder(), 'b.zip'), join(temporaryFolder(), 'ida.pem')];
  await compileBundle(there, { path: bundle, identity: signer, captures: 'all' });
  writeFileSync(trust, toPem(signer.certificate));
  const verdicts = [];

  for (const named of [
    { trust: [trust], tsaRoots: [] },
    { trust: [], tsaRoots: [] },
  ]) {
    const { handlers, input } = desk();
    await handlers['archive.create'](input, context());
    const { captures } = await handlers['import.files']({ paths: [bundle], ...named }, context());
    const capture = await handlers['capture.get']({ captureId: captures[1]?.id ?? '' }, context());
    verdicts.push(capture.origin?.verdict);
  }

  expect(verdicts).toEqual(['trusted', 'consistent']);
});
