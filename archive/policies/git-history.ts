/**
 * The history of one document in an Open Terms Archive repository, read by the git command. The repository is
 * somebody else's: nothing that it configures is run, nothing is fetched, and what comes back is bounded.
 */
import { execFile } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { HoldfastError } from '../../contract/errors.ts';
import { mostPolicyBytes } from '../../evidence/policy/check-text.ts';
import { causeByMessage } from '../../evidence/policy/file-name.ts';
import { slug } from '../../evidence/policy/keys.ts';
import type { PolicySource } from './source.ts';

const run = promisify(execFile);
const mostVersions = 10_000;
const mostListing = 64 * 1024 * 1024;

/** Settings that would start programs or reach a network, switched off. */
const safely = [
  ...[
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'log.showSignature=false',
    'core.pager=cat',
    'safe.directory=*',
  ].flatMap((setting) => ['-c', setting]),
  '--no-pager',
  '--literal-pathspecs',
];

async function git(
  repository: string,
  args: readonly string[],
  maxBuffer: number,
  signal?: AbortSignal,
): Promise<Buffer> {
  try {
    const { stdout } = await run('git', [...safely, '-C', repository, ...args], {
      encoding: 'buffer',
      maxBuffer,
      timeout: 120_000,
      ...(signal === undefined ? {} : { signal }),
      env: {
        PATH: process.env.PATH ?? '',
        HOME: '/nonexistent',
        LC_ALL: 'C',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_NO_LAZY_FETCH: '1',
        GIT_NO_REPLACE_OBJECTS: '1',
        GIT_ALLOW_PROTOCOL: 'none',
        // This repository or none: not one that it happens to lie in.
        GIT_CEILING_DIRECTORIES: dirname(resolve(repository)),
      },
    });
    return stdout;
  } catch (cause) {
    if (signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; what was imported before is kept.');
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'ENOENT') {
      throw new HoldfastError(
        'git-failed',
        'The git command is not on this computer; a repository cannot be read without it.',
        { cause },
      );
    }
    throw new HoldfastError(
      'git-failed',
      `git could not read ${repository}. Check that it is a whole repository.`,
      { cause },
    );
  }
}

const asText = (bytes: Buffer): string => bytes.toString('utf8');

/** The path of the document in the newest commit or in any before it. Errors: `policy-not-found`, naming what there is. */
async function findDocument(repository: string, platform: string, policy: string): Promise<string> {
  const listed = await git(
    repository,
    ['log', '--format=', '--name-only', '--no-renames', '-z', 'HEAD'],
    mostListing,
  );
  const paths = [
    ...new Set(
      asText(listed)
        .split('\0')
        .map((path) => path.replace(/^\n+/, '')),
    ),
  ].filter((path) => /\.(?:md|txt)$/.test(path));
  const named = paths.filter(
    (path) =>
      slug(
        path
          .split('/')
          .at(-1)
          ?.replace(/\.\w+$/, '') ?? '',
        '',
      ) === slug(policy, ''),
  );
  const ofPlatform = named.filter((path) => slug(path.split('/').at(-2) ?? '', '') === slug(platform, ''));
  const found = ofPlatform.length > 0 ? ofPlatform : named;
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const some = (found.length === 0 ? paths : found).slice(0, 10).join(', ');
  throw new HoldfastError(
    'policy-not-found',
    `Expected one document '${platform}/${policy}' in the history of ${repository}, found ${found.length}. It has: ${some}.`,
  );
}

/**
 * Every version of the document, oldest first. Errors: `git-failed`, `policy-not-found`, `file-too-large` for a
 * history that is longer than any known.
 */
export async function readGitHistory(
  repository: string,
  wanted: { platform: string; policy: string },
  signal?: AbortSignal,
): Promise<PolicySource[]> {
  const path = await findDocument(repository, wanted.platform, wanted.policy);
  const format = '--format=%H%x00%aI%x00%s';
  const log = await git(
    repository,
    [
      'log',
      '--reverse',
      '--no-renames',
      '--diff-filter=AM',
      '--no-ext-diff',
      '--no-textconv',
      '--first-parent',
      format,
      'HEAD',
      '--',
      path,
    ],
    mostListing,
    signal,
  );
  const lines = asText(log).split('\n').filter(Boolean);
  if (lines.length > mostVersions) {
    throw new HoldfastError(
      'file-too-large',
      `${path} has ${lines.length} versions, expected at most ${mostVersions}.`,
    );
  }
  return lines.map((line) => {
    const [commit = '', date = '', message = ''] = line.split('\0');
    const time = new Date(date);
    return {
      name: `${path}@${commit}`,
      seen: Number.isNaN(time.getTime()) ? null : { at: time.toISOString(), precision: 'second' as const },
      cause: causeByMessage(message),
      // Larger than a policy may be by one byte, so that whoever checks says so.
      read: () =>
        git(repository, ['cat-file', 'blob', `${commit}:${path}`], mostPolicyBytes + 65_536, signal),
    };
  });
}
