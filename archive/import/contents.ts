/** What an importer found in one file: facts that the file claims, posts, and media worth a name of their own. */
import type { Artifact, SourceFormat } from '../../contract/model/capture.ts';
import type { Progress } from '../../contract/model/common.ts';
import type { PostContent } from '../../contract/model/post.ts';
import type { AbsentPost } from '../../contract/reading.ts';
import type { StoredBytes } from '../../db/blob.ts';
import type { Archive } from '../archive.ts';
import type { StagedBlob } from '../blobs.ts';

export interface FoundMedia {
  bytes: StagedBlob;
  /** Staged for themselves, and to be sealed; false: they lie in the record of the capture already. */
  isStaged: boolean;
  mediaType: string;
  /** As the source calls it; never used as a path. */
  name: string | null;
}

export interface FoundReading {
  reader: { name: string; version: string };
  posts: PostContent[];
  notes: string[];
  /** Posts that the platform does not show. */
  absent?: AbsentPost[];
  /** Of posts that came in a bundle: the reading there, and the ids of its posts there, in this order. */
  origin?: { reading: string; posts: string[] };
}

export interface Warning {
  code: string;
  message: string;
}

export interface SealedCapture {
  captureId: string;
  artifacts: Artifact[];
  postIds: string[];
}

export interface SealedFile extends SealedCapture {
  format: SourceFormat;
}

export interface FileContents {
  /** Where the file says it was saved from, and when. */
  url: string | null;
  savedAt: string | null;
  /** WARC records by type. */
  records: Record<string, number>;
  exchangeCount: number;
  readings: FoundReading[];
  media: FoundMedia[];
  warnings: Warning[];
}

export const emptyContents: FileContents = {
  url: null,
  savedAt: null,
  records: {},
  exchangeCount: 0,
  readings: [],
  media: [],
  warnings: [],
};

export interface ImportOptions {
  signal?: AbortSignal;
  progress?: (progress: Progress) => void;
}

/** One file as a reader of its format gets it: its bytes lie in the archive already. */
export interface FileSource {
  archive: Archive;
  /** Where its bytes lie, and their SHA-256. */
  stored: StoredBytes;
  sha256: Uint8Array;
  /** Name as given, without its folder. */
  name: string;
  options: ImportOptions;
  /** Stages further bytes, which are removed again when the reading fails. */
  stage(bytes: AsyncIterable<Uint8Array>): Promise<StagedBlob>;
}

/** One file as it is imported. */
export interface ImportSource extends FileSource {
  original: StagedBlob;
  mediaType: string;
}
