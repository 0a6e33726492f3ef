/** The WACZ files inside a bundle: recordings, whose own description and records carry digests, too. */
import type { VerificationStep } from '../../contract/model/bundle.ts';
import { artifactPaths, essence } from '../bundle/paths.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { type ContentsRequest, checkWaczContents } from '../wacz/check-contents.ts';
import type { WarcTools } from '../warc/tools.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';

/** What reads the insides of a WACZ faster. */
export interface WaczTools {
  warc?: WarcTools | undefined;
  gunzip?: ContentsRequest['gunzip'];
}

const waczType = 'application/wacz+zip';

/** Where a WACZ is held against itself. What is only not known of its pages says nothing about its bytes. */
const steps = ['container', 'package', 'resources', 'unlisted-files', 'records', 'index', 'pages'] as const;
const mayBeOpen: ReadonlySet<string> = new Set(['index', 'pages']);

/** What the step 'wacz' says; what does not hold fails it. */
export async function checkWaczFiles(
  contents: Contents,
  findings: Findings,
  log: LogExtract,
  request: Omit<ContentsRequest, 'source'>,
): Promise<Omit<VerificationStep, 'step'>> {
  const files = waczFiles(contents, log);
  const notes: Omit<VerificationStep, 'step'>[] = [];
  for (const [path, own] of files) {
    const source = contents.within(path);
    if (source === null) continue;
    const found = await look(request, source);
    if (found === null) continue;
    const { status, code } = found;
    const message = `${path}: ${found.message}`;
    // What others made and we received may be wrong in itself: the bundle says that it is as it was received.
    if (status !== 'failed') notes.push({ status, code, message });
    else if (own) findings.fail('wacz', code, message);
    else notes.push({ status: 'not-known', code, message: message + receivedSo });
  }
  const [first] = [...notes.filter(({ status }) => status !== 'ok'), ...notes];
  if (first !== undefined) return first;
  return files.size === 0
    ? { status: 'not-present', code: 'no-wacz', message: 'The bundle holds no recording (WACZ).' }
    : {
        status: 'ok',
        code: 'ok',
        message: `In ${files.size === 1 ? 'the recording' : `each of ${files.size} recordings`} (WACZ) every file and every record has the hash that the recording states.`,
      };
}

/** The first thing worth saying about one WACZ; null where all is as it should be. */
async function look(request: Omit<ContentsRequest, 'source'>, source: ByteSource) {
  const { findings } = await checkWaczContents({ ...request, source });
  const said = steps.map((step) => findings.report(step));
  return (
    said.find(({ status }) => status === 'failed') ??
    said.find(({ status, step }) => status === 'not-known' && !mayBeOpen.has(step)) ??
    said.find(({ code }) => code === 'resource-hashed-twice') ??
    null
  );
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
