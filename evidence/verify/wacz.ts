/** The WACZ files inside a bundle: recordings, whose own description and records carry digests, too. */
import type { VerificationStep } from '../../contract/model/bundle.ts';
import { artifactPaths, essence } from '../bundle/paths.ts';
import type { ByteSource } from '../source/byte-source.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';

/** What a look into one WACZ came to. */
export interface WaczFinding {
  status: 'ok' | 'failed' | 'not-known';
  code: string;
  /** A sentence for a lawyer. */
  message: string;
}

/** Checks the insides of a WACZ, whose bytes may be attacker-controlled. Rejects with what the source throws only. */
export type JudgeWacz = (source: ByteSource) => Promise<WaczFinding>;

const waczType = 'application/wacz+zip';

/** What the step 'wacz' says; what does not hold fails it. */
export async function checkWaczFiles(
  contents: Contents,
  findings: Findings,
  log: LogExtract,
  judge: JudgeWacz | undefined,
): Promise<Omit<VerificationStep, 'step'>> {
  const files = waczFiles(contents, log);
  if (files.size === 0) {
    return { status: 'not-present', code: 'no-wacz', message: 'The bundle holds no recording (WACZ).' };
  }
  if (judge === undefined) {
    return {
      status: 'not-known',
      code: 'wacz-not-checked',
      message:
        'What the recordings (WACZ) say of their own insides was not checked here; that they are the files that were sealed was.',
    };
  }
  const open: string[] = [];
  for (const [path, own] of files) {
    const source = contents.within(path);
    if (source === null) continue;
    const finding = await judge(source);
    const message = `${path}: ${finding.message}`;
    // What others made and we received may be wrong in itself: the bundle says that it is as it was received.
    if (finding.status === 'failed' && own) findings.fail('wacz', finding.code, message);
    else if (finding.status !== 'ok') open.push(`${message}${own ? '' : receivedSo}`);
  }
  const [first] = open;
  return first === undefined
    ? {
        status: 'ok',
        code: 'ok',
        message: `In ${files.size === 1 ? 'the recording' : `each of ${files.size} recordings`} (WACZ) every file and every record is the one that it describes itself.`,
      }
    : { status: 'not-known', code: 'wacz-not-known', message: first };
}

const receivedSo = ' This file was made by others and received so; it is unchanged since.';

/** Paths of recordings (true) and of WACZ files of others that were imported (false). */
function waczFiles(contents: Contents, log: LogExtract): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const document of log.documents.values()) {
    if (document.kind !== 'capture.sealed') continue;
    const { capture, artifacts } = document.body;
    for (const [i, path] of artifactPaths(capture, artifacts).entries()) {
      const artifact = artifacts[i];
      if (artifact === undefined || essence(artifact.mediaType) !== waczType || !contents.has(path)) continue;
      found.set(path, artifact.role === 'wacz');
    }
  }
  return found;
}
