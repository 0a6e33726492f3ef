/** What the same signer could sign, though it does not follow from the log: each is named, with the file that says otherwise. */
import { describe, expect, test } from 'vitest';
import { eventSchema } from '../../../contract/events.ts';
import { evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalBytes, type Json } from '../../../evidence/log/canonical.ts';
import { commitment, leafSchema } from '../../../evidence/log/leaf.ts';
import {
  compile,
  encode,
  type Files,
  makeIdentity,
  step,
  text,
  unpack,
  verify,
  verifyResigned,
} from '../build/bundle.ts';
import { id, logAnew, salt, samplePlan } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');
const bundle = await compile(samplePlan(signer), signer);

/** The signer changes files and signs again; what a check says of it. */
async function resigned(change: (files: Files) => void) {
  const verification = await verifyResigned(await unpack(bundle), signer, change);
  for (const name of ['container', 'manifests', 'signature', 'signer-trust'] as const) {
    expect(step(verification, name).status, name).toBe('ok');
  }
  expect(verification.verdict).toBe('failed');
  return verification;
}

type Edit = (value: { [key: string]: Json }) => void;

function isEditable(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}

/** Changes one JSON file and writes it canonically again. */
function edit(files: Files, path: string, change: Edit): void {
  const value: unknown = JSON.parse(text(files, path));
  if (!isEditable(value)) throw new Error('not an object');
  change(value);
  files.set(path, canonicalBytes(value));
}

/** A member deep inside, by its path: 'captures.0.url'. */
function put(path: string, value: Json): Edit {
  return (root) => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let at: unknown = root;
    for (const key of keys) at = isEditable(at) ? at[key] : undefined;
    if (!isEditable(at) || !(last in at)) throw new Error(`no ${path}`);
    at[last] = value;
  };
}

const fields: readonly (readonly [path: string, value: Json, field: string, source: string])[] = [
  ['captures.0.url', 'https://x.example/other', 'captures[0].url', `log/documents/${id(10)}.json`],
  [
    'captures.0.receivedAt',
    '2020-01-01T00:00:00.000Z',
    'captures[0].receivedAt',
    `log/documents/${id(10)}.json`,
  ],
  [
    'captures.0.artifacts.1.name',
    'other.png',
    'captures[0].artifacts[1].name',
    `log/documents/${id(10)}.json`,
  ],
  [
    'captures.0.artifacts.0.path',
    'data/report.html',
    'captures[0].artifacts[0].path',
    `log/documents/${id(10)}.json`,
  ],
  ['captures.0.actor.name', 'Somebody Else', 'captures[0].actor.name', `log/documents/${id(10)}.json`],
  [
    'captures.0.readings.0.reader.version',
    '2',
    'captures[0].readings[0].reader.version',
    `log/documents/${id(20)}.json`,
  ],
  ['captures.0.readings.0.postsRead', 1, 'captures[0].readings[0].postsRead', `log/documents/${id(20)}.json`],
  [
    'captures.0.readings.0.posts.0.content.text',
    'kind words',
    'captures[0].readings[0].posts[0].content.text',
    `log/posts/${id(12)}.json`,
  ],
  [
    'captures.0.readings.0.posts.0.content.author.handle',
    'someone',
    'captures[0].readings[0].posts[0].content.author.handle',
    `log/posts/${id(12)}.json`,
  ],
  [
    'captures.0.readings.0.posts.1.root',
    'ab'.repeat(32),
    'captures[0].readings[0].posts[1].root',
    `log/posts/${id(13)}.json`,
  ],
  [
    'captures.0.readings.0.posts.0.tags.0.because',
    'no reason',
    'captures[0].readings[0].posts[0].tags[0].because',
    `log/documents/${id(22)}.json`,
  ],
  [
    'captures.0.readings.0.posts.0.tags.0.clause',
    id(6),
    'captures[0].readings[0].posts[0].tags[0].clause',
    `log/documents/${id(22)}.json`,
  ],
  [
    'captures.0.readings.0.posts.0.tags.0.actor.basis',
    'proven',
    'captures[0].readings[0].posts[0].tags[0].actor.basis',
    `log/documents/${id(22)}.json`,
  ],
  ['sessions.0.system', 'Windows', 'sessions[0].system', `log/documents/${id(2)}.json`],
  ['clauses.0.summary', 'Anything goes.', 'clauses[0].summary', `log/documents/${id(4)}.json`],
  ['archive', id(99), 'archive', `log/documents/${id(52)}.json`],
  ['bundle', id(99), 'bundle', 'the name of the folder'],
  ['createdAt', '2020-01-01T00:00:00.000Z', 'createdAt', 'the times in the zip file'],
  ['tool.version', '9.9.9', 'bundle, createdAt or tool', 'bag-info.txt'],
  ['times', 'The Royal Observatory vouches.', 'times', 'every bundle of this format'],
  ['checkpoints.0.root', 'ab'.repeat(32), 'checkpoints[0].root', 'the files in log/checkpoints/'],
  ['captures.0.checkpoint', 107, 'captures[0].checkpoint', `log/proofs/${id(11)}.tlog-proof`],
  ['logs.0.cause', 'restored', 'logs[0].cause', `log/documents/${id(52)}.json`],
  ['bundles.0.sha256', 'ab'.repeat(32), 'bundles[0].sha256', `log/documents/${id(50)}.json`],
  ['limits.0', 'Nothing.', 'limits[0]', 'every bundle of this format'],
  ['signer.name', 'The High Court', 'signer.name', 'the certificate that signed'],
];

describe('evidence.json that says otherwise', () => {
  test.each(fields)('at %s', async (path, value, field, source) => {
    const verification = await resigned((files) => edit(files, 'data/evidence.json', put(path, value)));
    expect(step(verification, 'leaves').status).toBe('ok');
    expect(step(verification, 'evidence')).toMatchObject({ status: 'failed', code: 'evidence-contradicts' });
    expect(step(verification, 'evidence').message).toContain(`says otherwise than ${source} at ${field}.`);
  });

  test('with a claim of an independent time that the format does not know yet', async () => {
    const verification = await resigned((files) =>
      edit(files, 'data/evidence.json', put('captures.0.existedNoLaterThan', '2026-01-01T00:00:00Z')),
    );
    expect(step(verification, 'evidence')).toMatchObject({ code: 'evidence-unreadable' });
    expect(step(verification, 'evidence').message).toContain('captures.0.existedNoLaterThan');
  });

  test('with a member more, a capture less, a capture twice', async () => {
    const more = await resigned((files) =>
      edit(files, 'data/evidence.json', (evidence) => Object.assign(evidence, { verdict: 'guilty' })),
    );
    expect(step(more, 'evidence').code).toBe('evidence-unreadable');
    const nested = await resigned((files) =>
      edit(
        files,
        'data/evidence.json',
        put('captures.0.readings.0.posts.0.content.author', {
          name: 'a',
          handle: null,
          platformId: null,
          url: null,
          age: 7,
        }),
      ),
    );
    expect(step(nested, 'evidence').code).toBe('evidence-unreadable');
    const captures = evidenceSchema.parse(
      JSON.parse(text(await unpack(bundle), 'data/evidence.json')),
    ).captures;
    const less = await resigned((files) =>
      edit(files, 'data/evidence.json', put('captures', captures.slice(0, 1))),
    );
    expect(step(less, 'evidence').code).toBe('not-shown');
    expect(step(less, 'evidence').message).toContain(`log/documents/${id(30)}.json`);
    const twice = await resigned((files) =>
      edit(files, 'data/evidence.json', put('captures', [...captures, ...captures.slice(0, 1)])),
    );
    expect(step(twice, 'evidence').code).toBe('evidence-points-nowhere');
  });

  test('in another form than the canonical one', async () => {
    const verification = await resigned((files) =>
      files.set('data/evidence.json', encode(`${text(files, 'data/evidence.json')}\n`)),
    );
    expect(step(verification, 'evidence').code).toBe('evidence-unreadable');
  });
});

describe('files of which nothing speaks, or that say otherwise', () => {
  test('an added file, listed and signed', async () => {
    const verification = await resigned((files) =>
      files.set('data/captures/invoice.html', encode('<script>')),
    );
    expect(step(verification, 'evidence')).toMatchObject({ code: 'file-unexpected' });
    expect(verification.files).toEqual([{ path: 'data/captures/invoice.html', problem: 'unlisted' }]);
  });

  test('a record that is not its capture in evidence.json', async () => {
    const path = `data/captures/${id(11)}/record.json`;
    const verification = await resigned((files) => edit(files, path, put('sourceName', 'other.html')));
    expect(step(verification, 'evidence')).toMatchObject({ code: 'record-differs' });
  });

  test('an artifact that is not the one that was sealed', async () => {
    const path = `data/captures/${id(11)}/original.html`;
    const verification = await resigned((files) => files.set(path, encode('<p>Something nicer</p>')));
    expect(step(verification, 'leaves')).toMatchObject({ code: 'artifact-differs' });
    expect(verification.files).toEqual([{ path, problem: 'changed' }]);
  });

  test('a report that is missing', async () => {
    const verification = await resigned((files) => files.delete('data/report.html'));
    expect(step(verification, 'evidence')).toMatchObject({ code: 'file-missing' });
  });
});

describe('a log that does not fit together', () => {
  const leaf = `log/leaves/${id(22)}.json`;
  const document = `log/documents/${id(22)}.json`;

  /** Changes a document as the holder of the archive can: with a leaf that commits to it. */
  function rewrite(files: Files, event: string, change: Edit, changeLeaf: Edit = () => undefined): void {
    edit(files, `log/documents/${event}.json`, change);
    const bytes = files.get(`log/documents/${event}.json`) ?? new Uint8Array();
    edit(files, `log/leaves/${event}.json`, (value) => {
      value.commitment = toHex(commitment(nodeSha256, salt(event), bytes));
      changeLeaf(value);
    });
  }

  test.each<readonly [string, (files: Files) => void, string]>([
    [
      'another document behind a leaf',
      (files) => edit(files, document, put('body.because', 'other')),
      'commitment-differs',
    ],
    [
      'another salt',
      (files) => files.set(`log/salts/${id(22)}.txt`, encode(`${'0'.repeat(64)}\n`)),
      'commitment-differs',
    ],
    [
      'a salt that is none',
      (files) => files.set(`log/salts/${id(22)}.txt`, encode('secret')),
      'salt-unreadable',
    ],
    [
      'a document that is not canonical',
      (files) => files.set(document, encode(`${text(files, document)} `)),
      'document-unreadable',
    ],
    [
      'a leaf with a member more',
      (files) => edit(files, leaf, (value) => Object.assign(value, { note: 'x' })),
      'leaf-unreadable',
    ],
    [
      'a leaf of another time',
      (files) => edit(files, leaf, put('time', '2020-01-01T00:00:00.000Z')),
      'leaf-contradicts',
    ],
    [
      'a leaf of another kind',
      (files) => edit(files, leaf, put('kind', 'capture.sealed')),
      'leaf-contradicts',
    ],
    [
      'a leaf about another post',
      (files) => edit(files, leaf, put('subjects', [id(23), id(13)])),
      'leaf-contradicts',
    ],
    ['two leaves in one place', (files) => edit(files, leaf, put('seq', 102)), 'position-taken'],
    ['a tag before its reading', (files) => edit(files, leaf, put('seq', 50)), 'order-impossible'],
    ['a document without its leaf', (files) => void files.delete(leaf), 'file-missing'],
    [
      'an act in a session that nobody opened',
      (files) => rewrite(files, id(22), put('session', id(77))),
      'session-not-disclosed',
    ],
    [
      'an actor who proves nothing',
      (files) => rewrite(files, id(2), put('body.proof', { cms: 'AAAA', signer: signer.signer.fingerprint })),
      'actor-not-proven',
    ],
    ['a reading of another size', (files) => rewrite(files, id(20), put('body.posts', 3)), 'post-not-proven'],
    [
      'a post in the place of another',
      (files) => edit(files, `log/posts/${id(12)}.json`, put('index', 1)),
      'post-not-proven',
    ],
  ])('%s', async (_what, change, code) => {
    const verification = await resigned(change);
    expect(step(verification, 'leaves')).toMatchObject({ status: 'failed', code });
  });

  test('a quote that does not stand in the post where the tag says', async () => {
    const verification = await resigned((files) => rewrite(files, id(22), put('body.quote.start', 0)));
    expect(step(verification, 'leaves').status).toBe('ok');
    expect(step(verification, 'evidence').message).toContain(
      `${document} quotes words that do not stand in the post`,
    );
  });

  test('the tests make documents and leaves that are well formed where they mean to', async () => {
    const files = await unpack(bundle);
    rewrite(files, id(22), put('session', id(77)));
    expect(eventSchema.safeParse(JSON.parse(text(files, document))).success).toBe(true);
    expect(leafSchema.safeParse(JSON.parse(text(files, leaf))).success).toBe(true);
  });
});

describe('an actor proven by a key', () => {
  const archive = id(3);
  const { time } = samplePlan(signer).sessions[0]?.event ?? { time: '' };

  async function proven(session: string, name: string) {
    const { signDetached } = await import('../../../evidence/signature/sign.ts');
    const statement = canonicalBytes({ archive, purpose: 'holdfast/session/1', session, time });
    const cms = await signDetached({ content: statement, identity: signer, signingTime: new Date(time) });
    const { leafBytes } = await import('../../../evidence/log/leaf.ts');
    const plan = samplePlan(signer);
    const sessions = plan.sessions.map((planned) => {
      const event = {
        ...planned.event,
        body: {
          ...planned.event.body,
          actor: name,
          proof: { cms: Buffer.from(cms).toString('base64'), signer: signer.signer.fingerprint },
        },
      };
      const document = canonicalBytes(event);
      const leaf = leafBytes(
        nodeSha256,
        { seq: 100, time: event.time, kind: event.kind, id: event.id, subjects: [event.session] },
        planned.salt,
        document,
      );
      return { event, document, leaf, salt: planned.salt };
    });
    return verify(await compile(logAnew({ ...plan, sessions }), signer), signer);
  }

  test('holds when the key signed this session, under its own name', async () => {
    expect((await proven(id(1), 'Ada Invented')).verdict).toBe('trusted');
  });

  test('fails for a signature over another session, and for another name', async () => {
    expect(step(await proven(id(9), 'Ada Invented'), 'leaves').code).toBe('actor-not-proven');
    expect(step(await proven(id(1), 'Grace Invented'), 'leaves').code).toBe('actor-not-proven');
  });
});
