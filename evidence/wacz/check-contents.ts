/**
 * Whether a WACZ is in itself what it says: its package description, every listed file, every record, index and
 * pages. Knows nothing of Node nor of how WACZ are written; every byte is attacker-controlled.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import { type Sha256, toHex } from '../digest/sha256.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { portableGunzipped } from '../warc/gzip-portable.ts';
import { portableWarcTools } from '../warc/portable-tools.ts';
import type { WarcTools } from '../warc/tools.ts';
import { type Crc32, portableCrc32 } from '../zip/crc32.ts';
import { ZipError } from '../zip/error.ts';
import { quoted, WaczFindings } from './check-findings.ts';
import { checkIndex, checkPages, type Gunzip } from './check-index.ts';
import { checkRecords } from './check-records.ts';
import { checkResources } from './check-resources.ts';
import { openPackage, type PackageFiles } from './package-files.ts';
import {
  maxDigestBytes,
  maxPackageBytes,
  parsePackage,
  parsePackageDigest,
  sha256Label,
  type WaczDigest,
  type WaczPackage,
} from './read-package.ts';

export interface ContentsRequest {
  /** The WACZ, or the part of a larger file that is one. */
  source: ByteSource;
  sha256: Sha256;
  crc32?: Crc32 | undefined;
  /** What reads WARC files and compressed indexes faster than JavaScript. */
  warc?: WarcTools | undefined;
  gunzip?: Gunzip | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface ContentsCheck {
  findings: WaczFindings;
  /** Null where it is missing or cannot be read. */
  description: WaczPackage | null;
  digest: WaczDigest | null;
  /** SHA-256 of datapackage.json as it stands, hexadecimal; null where it is missing. */
  descriptionSha256: string | null;
}

/** Never throws on hostile input. Rejects with what the source throws, and with `cancelled`. */
export async function checkWaczContents(request: ContentsRequest): Promise<ContentsCheck> {
  const findings = new WaczFindings();
  const check: ContentsCheck = { findings, description: null, digest: null, descriptionSha256: null };
  try {
    const files = await openPackage(request.source, request.crc32 ?? portableCrc32, passing(request));
    await readDescription(files, request.sha256, check);
    if (check.description !== null) await checkResources(files, findings, request.sha256, check.description);
    const records = await checkRecords(files, findings, request.warc ?? portableWarcTools);
    await checkIndex(files, findings, records, {
      sha256: request.sha256,
      gunzip: request.gunzip ?? portableGunzipped,
    });
    await checkPages(files, findings, records);
    findings.say('container', 'ok', 'ok', `A complete zip file with ${files.paths().length} files.`);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    findings.fail('container', error.problem, error.message);
  }
  return check;
}

/** Counts what was read, and lets the work be stopped. */
function passing({ source, progress, signal }: ContentsRequest): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    if (signal?.aborted)
      throw new HoldfastError('cancelled', 'Cancelled; the file was not checked completely.');
    done += bytes;
    // Listed files are read twice: for their hashes, and for what stands in them.
    progress?.({
      step: 'verify',
      done: Math.min(done, source.size * 2),
      total: source.size * 2,
      unit: 'bytes',
    });
  };
}

async function readDescription(files: PackageFiles, sha256: Sha256, check: ContentsCheck): Promise<void> {
  const { findings } = check;
  const bytes = await small(files, findings, 'datapackage.json', maxPackageBytes);
  if (bytes === null) return;
  check.descriptionSha256 = toHex(sha256.of(bytes));
  check.description = parsePackage(bytes);
  if (check.description === null) {
    findings.fail(
      'package',
      'package-unreadable',
      'datapackage.json is no data package with a list of resources.',
    );
  }
  await readDigest(files, check, check.descriptionSha256);
  const version = check.description?.wacz_version;
  findings.say(
    'package',
    'ok',
    'ok',
    `A WACZ${version == null ? '' : ` ${quoted(version)}`} whose datapackage.json has the hash that datapackage-digest.json states.`,
  );
}

async function readDigest(files: PackageFiles, check: ContentsCheck, actual: string): Promise<void> {
  const { findings } = check;
  if (files.size('datapackage-digest.json') === null) {
    findings.say(
      'package',
      'not-known',
      'digest-missing',
      'There is no datapackage-digest.json: nothing states the hash of datapackage.json.',
    );
    return;
  }
  const bytes = await small(files, findings, 'datapackage-digest.json', maxDigestBytes);
  if (bytes === null) return;
  check.digest = parsePackageDigest(bytes);
  if (check.digest === null) {
    findings.fail('package', 'digest-unreadable', 'datapackage-digest.json cannot be read.');
  } else if (check.digest.path !== 'datapackage.json' || sha256Label(check.digest.hash) !== actual) {
    findings.fail(
      'package',
      'package-changed',
      'datapackage.json is not the file that datapackage-digest.json names: its SHA-256 differs.',
    );
  }
}

async function small(
  files: PackageFiles,
  findings: WaczFindings,
  path: string,
  limit: number,
): Promise<Uint8Array | null> {
  const size = files.size(path);
  if (size === null)
    findings.fail('package', 'file-missing', `${path} is missing; without it this is no WACZ.`);
  else if (size > limit) findings.fail('package', 'file-too-large', `${path} is larger than ${limit} bytes.`);
  else return files.whole(path);
  return null;
}
