/** The WACZ files inside a bundle: recordings, whose own description and records carry digests, too. */
import type { ArtifactRole } from '../../contract/model/artifact-role.ts';
import type { VerificationStep } from '../../contract/model/bundle.ts';
import type { Evidence } from '../bundle/evidence.ts';
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

/** Whether a media type is that of a WACZ. */
export function isWaczType(mediaType: string): boolean {
  return essence(mediaType) === 'application/wacz+zip';
}

/** Where a WACZ is held against itself. What is only not known of its pages says nothing about its bytes. */
const steps = ['container', 'package', 'resources', 'unlisted-files', 'records', 'index', 'pages'] as const;
const mayBeOpen: ReadonlySet<string> = new Set(['index', 'pages']);

/** What the step 'wacz' says; what does not hold fails it. */
export async function checkWaczFiles(
  contents: Contents,
  findings: Findings,
  { log, evidence }: { log: LogExtract; evidence: Evidence | null },
  request: Omit<ContentsRequest, 'source'>,
): Promise<Omit<VerificationStep, 'step'>> {
  const files = [...waczFiles(log), ...partialWaczFiles(evidence)].filter(({ path }) => contents.has(path));
  const notes: Omit<VerificationStep, 'step'>[] = [];
  for (const { path, made } of files) {
    const source = contents.within(path);
    if (source === null) continue;
    const found = await look(request, source);
    if (found === null) continue;
    const { status, code } = found;
    const message = `${path}: ${found.message}`;
    // What others made and we received may be wrong in itself: the bundle says that it is as it was received.
    if (status !== 'failed') notes.push({ status, code, message });
    else if (made !== 'elsewhere') findings.fail('wacz', code, message);
    else notes.push({ status: 'not-known', code, message: message + receivedSo });
  }
  const [first] = [...notes.filter(({ status }) => status !== 'ok'), ...notes];
  const answer = first ?? { status: 'ok', code: 'ok', message: allHold(files.length) };
  const derived = files.filter(({ made }) => made === 'of-a-recording').length;
  if (derived > 0) return { ...answer, message: answer.message + cutDown(derived) };
  return files.length === 0
    ? { status: 'not-present', code: 'no-wacz', message: 'The bundle holds no recording (WACZ).' }
    : answer;
}

function allHold(files: number): string {
  return `In ${files === 1 ? 'the recording' : `each of ${files} recordings`} (WACZ) every file and every record has the hash that the recording states.`;
}

function cutDown(files: number): string {
  return ` Of these, ${files} ${files === 1 ? 'is' : 'are'} cut down to what exhibits need: that the records in ${files === 1 ? 'it' : 'them'} are those of the recording that was sealed is the statement of whoever made ${files === 1 ? 'it' : 'them'}; whoever has that recording can check it.`;
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

interface WaczFile {
  path: string;
  /** A recording, what was cut out of one, or a file of others that was imported. */
  made: 'here' | 'of-a-recording' | 'elsewhere';
}

function madeBy(role: ArtifactRole): WaczFile['made'] {
  if (role === 'exhibits') return 'of-a-recording';
  return role === 'wacz' ? 'here' : 'elsewhere';
}

function waczFiles(log: LogExtract): WaczFile[] {
  return [...log.documents.values()].flatMap((document) => {
    if (document.kind !== 'capture.sealed') return [];
    const { capture, artifacts } = document.body;
    const paths = artifactPaths(capture, artifacts);
    return artifacts.flatMap(({ mediaType, role }, i) =>
      isWaczType(mediaType) ? [{ path: paths[i] ?? '', made: madeBy(role) }] : [],
    );
  });
}

/** Those of captures that are shown in part: evidence.json lists them, and is compared with what is there. */
function partialWaczFiles(evidence: Evidence | null): WaczFile[] {
  return (evidence?.partialCaptures ?? []).flatMap(({ files }) =>
    files.flatMap(({ path, mediaType, role }) =>
      isWaczType(mediaType) ? [{ path, made: madeBy(role) }] : [],
    ),
  );
}
