/** A recording that is made for something: the archive notes what came of it when it seals the capture. */
import type { CaptureSink, RecordingPurpose } from '../contract/model/recording.ts';

/** The same sink; each recording that begins in it says what it is for. */
export function withPurpose(sink: CaptureSink, purpose: RecordingPurpose | undefined): CaptureSink {
  if (purpose === undefined) return sink;
  return { ...sink, begin: (begin) => sink.begin({ ...begin, purpose }) };
}
