/** Proofs of the custody log that a signer bent before signing: each is named, with a sentence. */
import { describe, expect, test } from 'vitest';
import type { VerificationStep } from '../../../contract/model/bundle.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalBytes } from '../../../evidence/log/canonical.ts';
import { signCheckpoint } from '../../../evidence/log/checkpoint.ts';
import { commitment } from '../../../evidence/log/leaf.ts';
import { signNote } from '../../../evidence/log/note.ts';
import { rootAt } from '../../../evidence/log/tree.ts';
import {
  compile,
  encode,
  type Files,
  makeIdentity,
  pack,
  step,
  text,
  unpack,
  verify,
  verifyResigned,
} from '../build/bundle.ts';
import { id, salt, samplePlan, sampleSizes } from '../build/sample.ts';
import { logHashes, nodesOf, planLog, testLogSigner } from '../build/sample-log.ts';

const signer = await makeIdentity('Ada Invented');
const plan = samplePlan(signer);
const bundle = await unpack(await compile(plan, signer));
const { first, newest } = sampleSizes;
const logSigner = testLogSigner(`holdfast/${id(3)}`);
const [proofOne, proofTwo] = [11, 31].map((n) => `log/proofs/${id(n)}.tlog-proof`) as [string, string];
const consistency = `log/consistency/${first}-${newest}`;

const resigned = (change: (files: Files) => void) => verifyResigned(bundle, signer, change);

function replace(files: Files, path: string, from: string | RegExp, to: string): void {
  const before = text(files, path);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`nothing to replace in ${path}`);
  files.set(path, encode(after));
}

function move(files: Files, from: string, to: string): void {
  files.set(to, files.get(from) ?? encode(''));
  files.delete(from);
}

/** Changes one line of a proof to that of another hash. */
const otherHash = Buffer.alloc(32, 7).toString('base64');

interface Inclusion {
  v: 1;
  size: number;
  leaves: { event: string; seq: number; path: string[] }[];
}

function editInclusion(files: Files, change: (file: Inclusion) => void): void {
  const file = JSON.parse(text(files, 'log/inclusion.json'));
  change(file);
  files.set('log/inclusion.json', canonicalBytes(file));
}

/** The head of a log that has other lines before ours, signed by the same key. */
function headOfOtherLog(size: number): Uint8Array {
  const nodes = nodesOf(logHashes([], size, 'other line'));
  return signCheckpoint({ origin: logSigner.name, size, root: rootAt(nodeSha256, nodes, size) }, logSigner);
}

type Case = readonly [
  what: string,
  change: (files: Files) => void,
  step: VerificationStep['step'],
  code: string,
  sentence: RegExp,
];

const cases: readonly Case[] = [
  [
    'a proof for another leaf',
    (files) => {
      files.set(proofOne, bundle.get(proofTwo) ?? encode(''));
    },
    'inclusion',
    'proof-not-good',
    /says place 102 in the log, its proof place 10/,
  ],
  [
    'a proof with another index',
    (files) => replace(files, proofOne, /^index \d+$/m, 'index 3'),
    'inclusion',
    'proof-not-good',
    /says place 102 in the log, its proof place 3/,
  ],
  [
    'a proof with another hash',
    (files) => replace(files, proofOne, /^[A-Za-z0-9+/]{43}=$/m, otherHash),
    'inclusion',
    'proof-not-good',
    /does not stand in the log of 120 lines at place 102/,
  ],
  [
    'a proof with a hash less',
    (files) => replace(files, proofOne, /^[A-Za-z0-9+/]{43}=\n/m, ''),
    'inclusion',
    'proof-not-good',
    /does not stand in the log/,
  ],
  [
    'a proof that leads to a checkpoint elsewhere',
    (files) => {
      const proof = text(files, proofOne);
      const end = proof.indexOf('\n\n') + 2;
      files.set(proofOne, Buffer.concat([encode(proof.slice(0, end)), headOfOtherLog(newest)]));
    },
    'inclusion',
    'proof-not-good',
    /leads to a checkpoint that is not one of/,
  ],
  [
    'a proof with extra data',
    (files) => replace(files, proofOne, '@v1\n', '@v1\nextra AAAA\n'),
    'inclusion',
    'proof-not-good',
    /extra data, which nothing covers/,
  ],
  [
    'a proof that is missing',
    (files) => void files.delete(proofOne),
    'inclusion',
    'file-missing',
    /is missing/,
  ],
  [
    'a proof of no capture',
    (files) => void files.set(`log/proofs/${id(99)}.tlog-proof`, bundle.get(proofOne) ?? encode('')),
    'inclusion',
    'file-unexpected',
    /is the proof of no capture/,
  ],
  [
    'a line that is shown without proof',
    (files) => editInclusion(files, (file) => void file.leaves.pop()),
    'inclusion',
    'leaf-without-proof',
    /is shown, but log\/inclusion\.json does not show that it stands in the log/,
  ],
  [
    'a line proven twice',
    (files) => editInclusion(files, (file) => void file.leaves.push(...file.leaves.slice(0, 1))),
    'inclusion',
    'proof-twice',
    /twice/,
  ],
  [
    'a proof of a line that is not shown',
    (files) => editInclusion(files, (file) => Object.assign(file.leaves[0] ?? {}, { event: id(99) })),
    'inclusion',
    'leaf-not-in-log',
    /that the bundle does not show/,
  ],
  [
    'paths for a log of another size',
    (files) => editInclusion(files, (file) => Object.assign(file, { size: newest - 1 })),
    'inclusion',
    'proof-of-other-size',
    /about a log of 119 lines; the newest checkpoint has 120/,
  ],
  [
    'paths that are none',
    (files) => void files.set('log/inclusion.json', encode('{}')),
    'inclusion',
    'inclusion-unreadable',
    /Not as expected/,
  ],
  [
    'a checkpoint of size 0 by its name',
    (files) => move(files, `log/checkpoints/${first}`, 'log/checkpoints/0'),
    'checkpoints',
    'file-unexpected',
    /log\/checkpoints\/0 is no name of a checkpoint/,
  ],
  [
    'a checkpoint of size 0',
    (files) => {
      const empty = `${logSigner.name}\n0\n${Buffer.from(nodeSha256.of(new Uint8Array())).toString('base64')}\n`;
      files.set(`log/checkpoints/${first}`, signNote(empty, logSigner));
    },
    'checkpoints',
    'checkpoint-not-good',
    /of an empty log, of which nothing can be said/,
  ],
  [
    'a checkpoint under the name of another size',
    (files) => {
      move(files, `log/checkpoints/${first}`, 'log/checkpoints/106');
      move(files, consistency, `log/consistency/106-${newest}`);
    },
    'checkpoints',
    'checkpoint-not-good',
    /of size 107, not of the size in its name/,
  ],
  [
    'a checkpoint signed by another key of the same name',
    (files) => {
      const checkpoint = plan.log.checkpoints[0];
      if (checkpoint === undefined) throw new Error('no checkpoint');
      const other = testLogSigner(logSigner.name, 'somebody else');
      files.set(`log/checkpoints/${first}`, signCheckpoint(checkpoint, other));
    },
    'checkpoints',
    'checkpoint-not-good',
    /not signed by the key given for/,
  ],
  [
    'a checkpoint whose root was changed',
    (files) => replace(files, `log/checkpoints/${first}`, /^[A-Za-z0-9+/]{43}=$/m, otherHash),
    'checkpoints',
    'checkpoint-not-good',
    /the text or the signature was changed/,
  ],
  [
    'a checkpoint of another log',
    (files) => {
      const other = testLogSigner(`holdfast/${id(4)}`);
      const root = nodeSha256.of(encode('root'));
      files.set(`log/checkpoints/${first}`, signCheckpoint({ origin: other.name, size: first, root }, other));
    },
    'checkpoints',
    'checkpoint-not-good',
    /of a log whose beginning is not in this bundle/,
  ],
  [
    'an older checkpoint of a forked log',
    (files) => void files.set(`log/checkpoints/${first}`, headOfOtherLog(first)),
    'checkpoints',
    'consistency-broken',
    /of 120 lines does not begin with the one of 107: lines were changed, or there are two logs/,
  ],
  [
    'consistency with another hash',
    (files) => replace(files, consistency, /^[A-Za-z0-9+/]{43}=$/m, otherHash),
    'checkpoints',
    'consistency-broken',
    /does not begin with/,
  ],
  [
    'consistency of other sizes',
    (files) => replace(files, consistency, `old ${first}`, 'old 106'),
    'checkpoints',
    'consistency-broken',
    /between other checkpoints than its name says/,
  ],
  [
    'consistency in another form',
    (files) => replace(files, consistency, `old ${first}`, `old  ${first}`),
    'checkpoints',
    'consistency-broken',
    /Expected a consistency proof/,
  ],
  [
    'consistency that is missing',
    (files) => void files.delete(consistency),
    'checkpoints',
    'file-missing',
    /is missing/,
  ],
  [
    'consistency of nothing',
    (files) => void files.set(`log/consistency/5-${newest}`, bundle.get(consistency) ?? encode('')),
    'checkpoints',
    'file-unexpected',
    /from or to a checkpoint that is not in the bundle/,
  ],
  [
    'no checkpoint at all',
    (files) => {
      for (const size of [first, newest]) files.delete(`log/checkpoints/${size}`);
    },
    'checkpoints',
    'no-heads',
    /shows no head of a custody log at all/,
  ],
  [
    'a key of another name',
    (files) => {
      const path = `log/documents/${id(52)}.json`;
      const document = JSON.parse(text(files, path));
      document.body.origin = `holdfast/${id(3)}/other`;
      files.set(path, canonicalBytes(document));
      const leaf = JSON.parse(text(files, `log/leaves/${id(52)}.json`));
      leaf.commitment = toHex(commitment(nodeSha256, salt(id(52)), files.get(path) ?? encode('')));
      files.set(`log/leaves/${id(52)}.json`, canonicalBytes(leaf));
    },
    'checkpoints',
    'log-key-not-good',
    /has another name/,
  ],
];

describe('a signed bundle is refused with', () => {
  test.each(cases)('%s', async (_what, change, name, code, sentence) => {
    const verification = await resigned(change);
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'signature').status).toBe('ok');
    expect(step(verification, name)).toMatchObject({ status: 'failed', code });
    expect(step(verification, name).message).toMatch(sentence);
  });
});

test('two bundles of one archive with two logs hold each by itself, and show two roots under one origin and size', async () => {
  const leaves = [...bundle.keys()]
    .filter((path) => path.startsWith('log/leaves/'))
    .map((path) => bundle.get(path) ?? encode(''));
  const forked = planLog(logSigner, logHashes(leaves, newest, 'other line'), { sizes: [first, newest] });
  const other = await verify(await compile({ ...plan, log: { ...plan.log, ...forked } }, signer), signer);
  const one = await resigned(() => undefined);
  expect([one.verdict, other.verdict]).toEqual(['trusted', 'trusted']);
  expect(other.log).toMatchObject({ origin: one.log?.origin, size: one.log?.size });
  expect(other.log?.root).not.toBe(one.log?.root);
  expect(step(one, 'checkpoints').message).toContain(
    'one bundle alone cannot show that there is only one log',
  );
});

test('more checkpoints than any log needs are refused before they cost anything', async () => {
  const files: Files = new Map(bundle);
  for (let size = 1000; size < 11_000; size++) files.set(`log/checkpoints/${size}`, new Uint8Array());
  const verification = await verify(await pack(files), signer);
  expect(verification.verdict).toBe('failed');
  expect(step(verification, 'checkpoints')).toMatchObject({ status: 'failed', code: 'too-many-checkpoints' });
  expect(step(verification, 'checkpoints').message).toMatch(/^The bundle holds 10002 checkpoints/);
}, 300_000);
