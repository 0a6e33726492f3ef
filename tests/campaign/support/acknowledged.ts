/** What the archive acknowledged while a program ran, written down outside of it as it was told. */
import { createHash } from 'node:crypto';
import { openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { CaptureSink } from '../../../contract/model/recording.ts';

/** Names the file in the environment of the traced program. */
export const logVariable = 'HOLDFAST_TEST_ACKNOWLEDGED';

const lineSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('begin'), captureId: z.string() }),
  z.object({
    what: z.literal('exchange'),
    n: z.number(),
    url: z.string(),
    size: z.number(),
    sha256: z.string(),
  }),
  z.object({ what: z.literal('end'), n: z.number(), body: z.string() }),
  z.object({ what: z.literal('artifact'), role: z.string(), size: z.number(), sha256: z.string() }),
  z.object({ what: z.literal('finish'), verdict: z.string(), at: z.number() }),
  z.object({ what: z.literal('import'), captureId: z.string(), sha256: z.array(z.string()) }),
]);
type Line = z.infer<typeof lineSchema>;
export type LineOf<W extends Line['what']> = Extract<Line, { what: W }>;

/**
 * Writes lines to the file that the environment names. A line that was written is with the kernel: no kill takes it
 * back.
 */
export function acknowledgements(): (line: Line) => void {
  const path = process.env[logVariable];
  if (path === undefined) throw new Error(`${logVariable} is not set`);
  const file = openSync(path, 'a');
  return (line) => void writeSync(file, `${JSON.stringify(line)}\n`);
}

/** The same sink; a line is written as soon as the sink has acknowledged. */
export function traced(sink: CaptureSink): CaptureSink {
  const tell = acknowledgements();
  return {
    begin: async (begin) => {
      const begun = await sink.begin(begin);
      tell({ what: 'begin', captureId: begun.captureId });
      return begun;
    },
    exchange: async (captureId, start, body) => {
      const seen = measuring(body);
      await sink.exchange(captureId, start, seen.bytes);
      tell({ what: 'exchange', n: start.n, url: start.url, ...seen.result() });
    },
    exchangeEnd: async (captureId, end) => {
      await sink.exchangeEnd(captureId, end);
      tell({ what: 'end', n: end.n, body: end.body });
    },
    secrets: (captureId, secrets) => sink.secrets(captureId, secrets),
    artifact: async (artifact, bytes) => {
      const seen = measuring(bytes);
      await sink.artifact(artifact, seen.bytes);
      tell({ what: 'artifact', role: artifact.role, ...seen.result() });
    },
    finish: async (end) => {
      const result = await sink.finish(end);
      tell({ what: 'finish', verdict: result.verdict, at: Date.now() });
      return result;
    },
  };
}

function measuring(bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let size = 0;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
  }
  return { bytes: pass(), result: () => ({ size, sha256: hash.digest('hex') }) };
}

export interface Acknowledged {
  begin: LineOf<'begin'> | null;
  exchanges: LineOf<'exchange'>[];
  ends: LineOf<'end'>[];
  artifacts: LineOf<'artifact'>[];
  finish: LineOf<'finish'> | null;
  imports: LineOf<'import'>[];
}

/** The file's lines; a file that is not there has none. */
export function readAcknowledged(path: string): Acknowledged {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Killed before the recorder began.
  }
  // The last line can be half written.
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => lineSchema.parse(JSON.parse(line)));
  const of = <W extends Line['what']>(what: W): LineOf<W>[] =>
    lines.filter((line): line is LineOf<W> => line.what === what);
  return {
    begin: of('begin')[0] ?? null,
    exchanges: of('exchange'),
    ends: of('end'),
    artifacts: of('artifact'),
    finish: of('finish')[0] ?? null,
    imports: of('import'),
  };
}
