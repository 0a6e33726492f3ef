/** timestamp: requests, replies, and what the time of a capture rests on. */
import type { Command } from 'commander';
import type { Archive } from '../../archive/archive.ts';
import { attachStamp } from '../../archive/timestamps/attach.ts';
import { timeBasis } from '../../archive/timestamps/basis.ts';
import {
  attachBundleStamp,
  requestBeside,
  requestBundleStamp,
  requireCompiledHere,
} from '../../archive/timestamps/bundle.ts';
import {
  isZipFile,
  readAnswerFiles,
  readCertificateFiles,
  readSmallFile,
} from '../../archive/timestamps/files.ts';
import { listStamps } from '../../archive/timestamps/list.ts';
import {
  type MadeRequest,
  renewStamp,
  requestStamp,
  writeRequest,
} from '../../archive/timestamps/request.ts';
import { saveStamp } from '../../archive/timestamps/save.ts';
import { authorityUrl } from '../../contract/authority-request.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type {
  BundleStamp,
  TimestampList,
  TimestampRequestLine,
  TimestampSubject,
} from '../../contract/model/timestamp.ts';
import { askForStamp } from '../authority.ts';
import { output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

interface BundleOptions extends ArchiveOptions {
  archive?: string;
}

interface AskOptions extends BundleOptions {
  url?: string;
  tsaRoot?: string[];
  fetchRevocation?: boolean;
  json?: boolean;
}

interface AttachOptions extends BundleOptions {
  tsaRoot?: string[];
  revocation?: string[];
  request?: string;
  json?: boolean;
}

const rootOption = [
  '--tsa-root <cert...>',
  'certificates (PEM) of the authority, or of those above it, that you trust',
] as const;

const archiveOption = [
  '--archive <archive>',
  'for a bundle: the archive that compiled it, which then keeps and records request and stamp, too',
] as const;

/** Runs `act` on a bundle, with the archive that `--archive` names, which must have compiled it. */
async function withBundleArchive<T>(
  path: string,
  options: BundleOptions,
  act: (archive: Archive | null, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (options.archive === undefined) return act(null, new AbortController().signal);
  return withArchive(options.archive, options, async (archive, signal) => {
    await requireCompiledHere(path, archive);
    return act(archive, signal);
  });
}

function bundleLines(stamp: BundleStamp): string[] {
  return [
    stampedLine(stamp.genTime, stamp.authority),
    ...stamp.added.map((name) => `added ${name}`),
    ...(stamp.recorded ? ['kept and recorded in the archive'] : []),
  ];
}

function asking(command: Command): Command {
  return command
    .option(
      '--url <address>',
      'ask this authority over the network, now: sends one hash, and nothing of the material',
    )
    .option(...rootOption)
    .option(
      '--fetch-revocation',
      'with --url: also ask whether its certificate was revoked, at the addresses that the certificate names',
    );
}

function needWay(out: string | undefined, url: string | undefined): void {
  if (out === undefined && url === undefined) {
    throw new HoldfastError('bad-usage', 'Say where the request goes: a file OUT.tsq, or --url ADDRESS.');
  }
  // Before anything is recorded.
  if (url !== undefined) authorityUrl(url);
}

/** Makes the request, writes it where it is wanted, and asks where that is wanted. */
async function ask(
  archive: Archive,
  make: (archive: Archive) => MadeRequest,
  out: string | undefined,
  options: AskOptions,
  signal: AbortSignal,
) {
  const named = readCertificateFiles(options.tsaRoot ?? []);
  const made = out === undefined ? make(archive) : writeRequest(() => make(archive), out);
  if (options.url === undefined)
    return { document: { id: made.id, subject: made.subject, path: out }, lines: queued(out) };
  const fetchRevocation = options.fetchRevocation ?? false;
  const reply = await askForStamp(options.url, made.request, { named, fetchRevocation, signal });
  const { token, found } = await attachStamp(archive, { ...reply, named });
  return {
    document: {
      id: made.id,
      subject: made.subject,
      path: out ?? null,
      token,
      genTime: found.genTime.toISOString(),
    },
    lines: [stampedLine(found.genTime.toISOString(), found.authority.name), found.trustMessage],
  };
}

function queued(out: string | undefined): string[] {
  return [
    `wrote ${out ?? ''}: bring it to a time-stamping authority (RFC 3161), and its reply back to 'holdfast timestamp attach'`,
  ];
}

function stampedLine(genTime: string, authority: string): string {
  return `stamped: existed not later than ${genTime}, by the word of "${authority}"`;
}

export function addTimestampCommands(program: Command): void {
  const timestamp = program.command('timestamp').description('timestamps of an authority (RFC 3161)');
  addRequest(timestamp);
  addAttach(timestamp);
  addRenew(timestamp);
  addLists(timestamp);
}

function addRequest(timestamp: Command): void {
  asking(
    archiveCommand(timestamp, 'request', 'ask for a stamp of everything recorded so far, or of a bundle'),
  )
    .argument('<archive or bundle>')
    .argument('[out]', 'path of the new request, *.tsq')
    .option(...archiveOption)
    .action(async (path: string, out: string | undefined, options: AskOptions) => {
      if (isZipFile(path)) {
        return withBundleArchive(path, options, (archive, signal) =>
          requestForBundle(path, out, options, archive, signal),
        );
      }
      needWay(out, options.url);
      const { document, lines } = await withArchive(path, options, (archive, signal) =>
        ask(archive, requestStamp, out, options, signal),
      );
      output(options.json ?? false).result(document, lines);
    });
}

async function requestForBundle(
  path: string,
  out: string | undefined,
  options: AskOptions,
  archive: Archive | null,
  signal: AbortSignal,
): Promise<void> {
  const named = readCertificateFiles(options.tsaRoot ?? []);
  const { request, recorded } = await requestBundleStamp(path, out ?? null, archive);
  const kept = requestBeside(path);
  const { result } = output(options.json ?? false);
  if (options.url === undefined) {
    const lines = [...queued(out ?? kept), `kept as ${kept} until the reply comes`];
    result({ path: out ?? kept, kept, recorded }, [
      ...lines,
      ...(recorded ? ['recorded in the archive'] : []),
    ]);
    return;
  }
  const fetchRevocation = options.fetchRevocation ?? false;
  const reply = await askForStamp(options.url, request, { named, fetchRevocation, signal });
  const stamp = await attachBundleStamp(path, { ...reply, named }, { archive, signal });
  result(stamp, bundleLines(stamp));
}

function addAttach(timestamp: Command): void {
  archiveCommand(timestamp, 'attach', "check an authority's reply in full, and keep it")
    .argument('<archive or bundle>')
    .argument('<reply>', 'the reply, *.tsr')
    .option(...rootOption)
    .option('--revocation <file...>', 'revocation lists and OCSP answers to keep with it')
    .option(...archiveOption)
    .option('--request <file>', 'for a bundle: the request, where it does not lie beside it')
    .action(async (path: string, replyPath: string, options: AttachOptions) => {
      const { result } = output(options.json ?? false);
      const reply = {
        response: readSmallFile(replyPath),
        named: readCertificateFiles(options.tsaRoot ?? []),
        answers: readAnswerFiles(options.revocation ?? []),
      };
      if (isZipFile(path)) {
        const stamp = await withBundleArchive(path, options, (archive, signal) =>
          attachBundleStamp(path, { ...reply, requestPath: options.request ?? null }, { archive, signal }),
        );
        result(stamp, bundleLines(stamp));
        return;
      }
      const line = await withArchive(path, options, async (archive) => {
        const { token } = await attachStamp(archive, reply);
        return listStamps(archive).requests.find((request) => request.token?.id === token);
      });
      result(line, line === undefined ? [] : lineWords(line));
    });
}

function addRenew(timestamp: Command): void {
  asking(archiveCommand(timestamp, 'renew', 'ask for a stamp over an older stamp and what it covers'))
    .argument('<archive>')
    .argument('<stamp>', "its id, as 'timestamp list' shows it")
    .argument('[out]', 'path of the new request, *.tsq')
    .action(async (path: string, token: string, out: string | undefined, options: AskOptions) => {
      needWay(out, options.url);
      const { document, lines } = await withArchive(path, options, (archive, signal) =>
        ask(archive, () => renewStamp(archive, token), out, options, signal),
      );
      output(options.json ?? false).result(document, lines);
    });
}

function addLists(timestamp: Command): void {
  archiveCommand(timestamp, 'list', 'requests, stamps, and what is not covered yet')
    .argument('<archive>')
    .action(async (path: string, options: ArchiveOptions & { json?: boolean }) => {
      const list = await withArchive(path, options, listStamps);
      output(options.json ?? false).result(list, listWords(list));
    });
  archiveCommand(timestamp, 'show', 'what the time of a capture rests on')
    .argument('<archive>')
    .argument('<capture>')
    .action(async (path: string, capture: string, options: ArchiveOptions & { json?: boolean }) => {
      const basis = await withArchive(path, options, (archive) => timeBasis(archive, capture));
      output(options.json ?? false).result(basis, basis.words);
    });
  archiveCommand(timestamp, 'save', 'write a stamp and what it is over as files, for openssl')
    .argument('<archive>')
    .argument('<stamp>')
    .argument('<folder>', 'a new folder')
    .action(
      async (path: string, token: string, folder: string, options: ArchiveOptions & { json?: boolean }) => {
        const files = await withArchive(path, options, (archive) => saveStamp(archive, token, folder));
        output(options.json ?? false).result({ files }, [
          ...files.map((file) => `wrote ${file}`),
          `openssl ts -verify -data ${folder}/stamped -in ${folder}/reply.tsr -CAfile THE-AUTHORITYS-ROOT.pem`,
        ]);
      },
    );
}

function lineWords({ id, subject, requestedAt, token, renewal }: TimestampRequestLine): string[] {
  const what = aboutWords(subject);
  if (token === null) return [`pending   ${what}, asked for ${requestedAt} (${id})`];
  return [
    `stamped   ${what}, not later than ${token.genTime}, by "${token.authority}"${token.trusted ? '' : ' (not checked: nobody named it as trusted)'}`,
    `          stamp ${token.id}, certificate ${token.fingerprint} until ${token.notAfter}${renewalWords[renewal ?? 'not-yet']}`,
  ];
}

function aboutWords(subject: TimestampSubject): string {
  switch (subject.kind) {
    case 'checkpoint':
      return `${subject.size} events`;
    case 'renewal':
      return `stamp ${subject.token}`;
    case 'bundle':
      return `bundle ${subject.bundle}`;
  }
}

const renewalWords = {
  'not-yet': '',
  soon: '; renew it soon',
  overdue: '; it has ended: renew',
  renewed: '; renewed',
} as const;

function listWords({ requests, uncovered, suggested }: TimestampList): string[] {
  const { captures, since } = uncovered;
  return [
    ...requests.flatMap(lineWords),
    captures === 0
      ? 'every capture is covered by a stamp'
      : `${captures} captures are covered by no stamp yet, the oldest of ${since ?? 'an unknown time'}`,
    ...(suggested ? ["ask for one: 'holdfast timestamp request ARCHIVE OUT.tsq'"] : []),
  ];
}
