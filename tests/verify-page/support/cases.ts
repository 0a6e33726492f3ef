/** Bundles of every kind that the page must judge, as files, and who is named for each. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withColons } from '../../../contract/fingerprint.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { toPem } from '../../../evidence/identity/pem.ts';
import {
  compile,
  encode,
  type Files,
  makeIdentity,
  pack,
  resign,
  unpack,
} from '../../evidence/build/bundle.ts';
import { redacted } from '../../evidence/build/redacted.ts';
import { samplePlan } from '../../evidence/build/sample.ts';
import { stampedFiles } from '../../evidence/build/stamped.ts';
import { artifactOf, withArtifact } from '../../evidence/build/with-artifact.ts';
import { Authority, sha256Of } from '../../evidence/timestamp/authority.ts';
import { crawl, indexLine, page, records, wacz } from '../../evidence/wacz/foreign-wacz.ts';
import { compressed } from '../../support/page-fixtures/warc.ts';
import type { Asked } from './browser.ts';

export interface Case {
  name: string;
  path: string;
  /** What is pasted, and the same as files with certificates, for the command line. */
  asked: Asked;
  trust: string[];
  tsaRoots: string[];
  verdict: 'trusted' | 'consistent' | 'failed';
}

export interface Cases {
  all: Case[];
  /** By the name of a case. */
  get(name: string): Case;
  folder: string;
  close(): Promise<void>;
}

export const caseNames = [
  'good, nobody named',
  'good, the signer’s fingerprint pasted',
  'good, the signer’s certificate pasted',
  'foreign signer of the same name',
  'tampered: a byte of a file',
  'tampered: a byte of the signature',
  'tampered: a file added',
  'truncated',
  'tampered: verify.html taken out',
  'made without verify.html',
  'redacted, the signer’s fingerprint pasted',
  'redacted: a withheld part is another',
  'with a compressed recording of others',
  'with one whose records are not what they say',
  'stamped, nobody named',
  'stamped, authority’s own fingerprint pasted',
  'stamped, authority’s root certificate pasted',
  'stamped, another authority named',
  'certificate expired after signing',
  'certificate expired before signing',
] as const;

/** Makes them all; to be closed. */
export async function makeCases(): Promise<Cases> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-verify-page-'));
  const authority = await Authority.open();
  const foreign = await Authority.open();
  for (const each of [authority, foreign]) await each.issue('tsa', 'P-256');
  try {
    const [signer, namesake] = [await makeIdentity('ندا Invented'), await makeIdentity('ندا Invented')];
    const expired = await createIdentity({
      name: 'Old Signer',
      organisation: null,
      email: null,
      now: new Date('2015-01-01T00:00:00Z'),
    });
    const good = await compile(samplePlan(signer), signer);
    const old = await compile(samplePlan(expired), expired, new Date('2016-01-01T00:00:00Z'));
    const inPart = await compile(redacted(samplePlan(signer)), signer);
    const stamped = await pack(await stampedFiles(signer, authority));
    const withRecording = (role: 'original' | 'wacz', bytes: Uint8Array) => {
      const artifact = artifactOf(role, bytes, 'application/wacz+zip');
      return compile(
        withArtifact(samplePlan(signer), artifact, () => [bytes]),
        signer,
      );
    };
    const pem = (name: string, der: Uint8Array) => {
      const path = join(folder, `${name}.pem`);
      writeFileSync(path, toPem(der));
      return path;
    };
    const own = pem('signer', signer.certificate);
    const rootDer = await authority.certificate('ca');
    const tsaDer = await authority.certificate('tsa');
    const foreignDer = await foreign.certificate('ca');
    const fingerprint = withColons(signer.signer.fingerprint);
    const drafts: Record<(typeof caseNames)[number], [Uint8Array, Omit<Case, 'name' | 'path'>]> = {
      'good, nobody named': [good, asking({}, 'consistent')],
      'good, the signer’s fingerprint pasted': [
        good,
        asking({ signer: `sha256 Fingerprint=${fingerprint}\n` }, 'trusted', [own]),
      ],
      'good, the signer’s certificate pasted': [
        good,
        asking({ signer: `subject=CN = X\n${toPem(signer.certificate)}` }, 'trusted', [own]),
      ],
      'foreign signer of the same name': [
        await compile(samplePlan(namesake), namesake),
        asking({ signer: fingerprint }, 'consistent', [own]),
      ],
      'tampered: a byte of a file': [
        await changed(good, 'data/report.html', (bytes) => flip(bytes, 40)),
        asking({ signer: fingerprint }, 'failed', [own]),
      ],
      'tampered: a byte of the signature': [
        await changed(good, 'sig/tagmanifest-sha256.txt.p7s', (bytes) => flip(bytes, bytes.length - 3)),
        asking({ signer: fingerprint }, 'failed', [own]),
      ],
      'tampered: a file added': [
        await changed(good, 'data/added.txt', () => encode('added')),
        asking({ signer: fingerprint }, 'failed', [own]),
      ],
      truncated: [good.subarray(0, good.length - 30), asking({}, 'failed')],
      'made without verify.html': [
        await changedAll(good, async (files) => {
          files.delete('verify.html');
          await resign(files, signer);
        }),
        asking({ signer: fingerprint }, 'trusted', [own]),
      ],
      'tampered: verify.html taken out': [
        await changed(good, 'verify.html', () => null),
        asking({ signer: fingerprint }, 'failed', [own]),
      ],
      'redacted, the signer’s fingerprint pasted': [
        inPart,
        asking({ signer: fingerprint }, 'trusted', [own]),
      ],
      'redacted: a withheld part is another': [
        await changedAll(inPart, async (files) => {
          for (const [path, bytes] of files) {
            const text = path.startsWith('log/posts/') ? new TextDecoder().decode(bytes) : '';
            if (!text.includes('{"hash":"')) continue;
            files.set(path, encode(text.replace(/(?<=\{"hash":")[0-9a-f]{64}/, '0'.repeat(64))));
          }
          await resign(files, signer);
        }),
        asking({ signer: fingerprint }, 'failed', [own]),
      ],
      'with a compressed recording of others': [
        await withRecording('original', await wacz(crawl())),
        asking({ signer: fingerprint }, 'trusted', [own]),
      ],
      'with one whose records are not what they say': [
        await withRecording('wacz', await wacz(wrongCrawl())),
        asking({ signer: fingerprint }, 'failed', [own]),
      ],
      'stamped, nobody named': [stamped, asking({}, 'consistent')],
      'stamped, authority’s own fingerprint pasted': [
        stamped,
        asking(
          { signer: fingerprint.toLowerCase().replaceAll(':', ''), authority: toHex(sha256Of(tsaDer)) },
          'trusted',
          [own],
          [pem('tsa', tsaDer)],
        ),
      ],
      'stamped, authority’s root certificate pasted': [
        stamped,
        asking({ signer: fingerprint, authority: toPem(rootDer) }, 'trusted', [own], [pem('root', rootDer)]),
      ],
      'stamped, another authority named': [
        stamped,
        asking(
          { signer: fingerprint, authority: toPem(foreignDer) },
          'trusted',
          [own],
          [pem('foreign', foreignDer)],
        ),
      ],
      'certificate expired after signing': [old, asking({}, 'consistent')],
      'certificate expired before signing': [
        await changedAll(old, (files) => signNow(folder, expired, files)),
        asking({}, 'failed'),
      ],
    };
    const all = caseNames.map((name, i) => {
      const [bytes, rest] = drafts[name];
      const path = join(folder, `${i}.zip`);
      writeFileSync(path, bytes);
      return { name, path, ...rest };
    });
    return {
      all,
      folder,
      get: (name) => {
        const found = all.find((each) => each.name === name);
        if (found === undefined) throw new Error(`no case ${name}`);
        return found;
      },
      close: async () => rmSync(folder, { recursive: true }),
    };
  } finally {
    await authority.close();
    await foreign.close();
  }
}

/** A crawl in which a record was changed, with the digest that it declares, and everything around it made anew. */
function wrongCrawl(): ReturnType<typeof crawl> {
  const changed = Buffer.from(page.toString('latin1').replace('did not run', 'DID NOT RUN'), 'latin1');
  const [info, record] = [records[0] ?? page, changed].map((each) => compressed([each]));
  if (info === undefined || record === undefined) throw new Error('no records');
  return {
    ...crawl(),
    'archive/data.warc.gz': Buffer.concat([info, record]),
    'indexes/index.cdx.gz': gzipSync(indexLine('data.warc.gz', info.length, record)),
  };
}

function asking(
  asked: Asked,
  verdict: Case['verdict'],
  trust: string[] = [],
  tsaRoots: string[] = [],
): Omit<Case, 'name' | 'path'> {
  return { asked, verdict, trust, tsaRoots };
}

/** The bundle with one file changed, added, or taken away (null). */
async function changed(
  bundle: Uint8Array,
  path: string,
  change: (bytes: Uint8Array) => Uint8Array | null,
): Promise<Uint8Array> {
  return changedAll(bundle, (files) => {
    const made = change(files.get(path) ?? new Uint8Array());
    if (made === null) files.delete(path);
    else files.set(path, made);
  });
}

async function changedAll(bundle: Uint8Array, change: (files: Files) => unknown): Promise<Uint8Array> {
  const files: Files = await unpack(bundle);
  await change(files);
  return pack(files);
}

/** Signs as of now, which Holdfast itself would refuse with a certificate that has expired. */
async function signNow(folder: string, { certificate, privateKey }: Identity, files: Files): Promise<void> {
  const p7s = 'sig/tagmanifest-sha256.txt.p7s';
  const key = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
  const inputs = { 'old.pem': encode(toPem(certificate)), 'old.key': key };
  for (const [name, bytes] of Object.entries(inputs)) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, 'content'), files.get('tagmanifest-sha256.txt') ?? '');
  const command =
    'cms -sign -cades -binary -in content -signer old.pem -inkey old.key -keyform DER -nosmimecap -outform DER -out old.p7s';
  execFileSync('openssl', command.split(' '), { cwd: folder });
  files.set(p7s, new Uint8Array(readFileSync(join(folder, 'old.p7s'))));
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
