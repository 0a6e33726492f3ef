/** A bundle with everything in it that a bundle can have: recording, posts, tags, rules, reviews, timestamps. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Archive } from '../../../archive/archive.ts';
import { compileBundle } from '../../../archive/compile.ts';
import { importFiles } from '../../../archive/import/import-files.ts';
import { closeArchive, createArchive } from '../../../archive/open.ts';
import { importPolicy } from '../../../archive/policies/import.ts';
import { listPosts } from '../../../archive/posts.ts';
import { recordingSink } from '../../../archive/recording/sink.ts';
import { addTag } from '../../../archive/tags/add.ts';
import { attachStamp } from '../../../archive/timestamps/attach.ts';
import { attachBundleStamp, requestBundleStamp } from '../../../archive/timestamps/bundle.ts';
import { requestStamp } from '../../../archive/timestamps/request.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { Authority } from '../../evidence/timestamp/authority.ts';
import { ferryVersions, hateful, writeVersions } from '../../support/library.ts';
import { postPage } from '../../support/post-page.ts';
import { begin, finishOf, play, startOf } from '../../support/recording.ts';
import { passphrase, person } from './killed-command.ts';

export interface CompleteBundle {
  bytes: Uint8Array;
  /** The certificate (DER) of the authority that stamped it. */
  tsaRoot: Uint8Array;
}

/** `folder`: where the archive and the bundle are made. */
export async function completeBundle(folder: string, identity: Identity): Promise<CompleteBundle> {
  const archive = await createArchive({
    path: join(folder, 'case.holdfast'),
    ...{ passphrase, person, clauses: { name: 'none', version: '1', checkedOn: null, clauses: [] } },
  });
  const authority = await Authority.open();
  try {
    await authority.issue('tsa', 'P-256');
    const tsaRoot = await authority.certificate('ca');
    const answers = [await authority.revocationList()];
    await fill(archive, folder);
    const { request } = requestStamp(archive);
    await attachStamp(archive, {
      response: await authority.reply('tsa', request),
      named: [tsaRoot],
      answers,
    });
    const path = join(folder, 'bundle.zip');
    await compileBundle(archive, { path, identity, captures: 'all' });
    const asked = await requestBundleStamp(path, null);
    await attachBundleStamp(path, {
      response: await authority.reply('tsa', asked.request),
      named: [tsaRoot],
      answers,
    });
    return { bytes: new Uint8Array(readFileSync(path)), tsaRoot };
  } finally {
    closeArchive(archive);
    await authority.close();
  }
}

async function fill(archive: Archive, folder: string): Promise<void> {
  const saved = writeVersions(join(folder, 'saved'), {
    'one.html': postPage('words of a saved page: they are vermin, همه‌ی کلاغ‌ها'),
    'two.html': postPage('further words that nobody tagged'),
  });
  await importFiles(archive, [saved]);
  await record(archive);
  const texts = writeVersions(join(folder, 'rules'), ferryVersions);
  await importPolicy(archive, { path: texts, platform: 'Ferry', policy: 'Guidelines' });
  const posts = listPosts(archive, '', 0, 10).posts;
  for (const { postId, text } of posts.slice(0, 2))
    addTag(archive, {
      postId,
      clauseKey: hateful,
      finding: 'breach',
      quotes: [{ text: text.slice(0, 5), start: 0, end: 5 }],
      because: 'It speaks of people as of animals.',
    });
}

async function record(archive: Archive): Promise<void> {
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), postPage('words from the network'));
  const picture = startOf(1, { url: 'https://media.example/a.png', resourceType: 'image' });
  await play(sink, captureId, picture, randomBytes(3000));
  await sink.finish(finishOf(captureId));
}
