/** backup, restore, check, recovery-sheet, passphrase: keeping an archive safe. */
import type { Command } from 'commander';
import { inspectArchive } from '../../archive/open.ts';
import { backUp } from '../../archive/safety/backup.ts';
import { checkRuin, checkWhole } from '../../archive/safety/check.ts';
import { changePassphrase, estimatePassphraseChange } from '../../archive/safety/passphrase.ts';
import { writeRecoverySheet } from '../../archive/safety/recovery.ts';
import { restoreBackup } from '../../archive/safety/restore.ts';
import { type Credentials, secretOf } from '../../archive/unlock.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { CheckReport, Secret } from '../../contract/model/safety.ts';
import { exitCode, output } from '../output.ts';
import { newPassphrase } from '../passphrase.ts';
import { type Meter, meter } from '../progress.ts';
import {
  type ArchiveOptions,
  chosenIdentity,
  claimedName,
  credentialsFor,
  interruptible,
  withArchive,
} from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };

async function withMeter<T>(act: (bar: Meter) => Promise<T>): Promise<T> {
  const bar = meter();
  try {
    return await act(bar);
  } finally {
    bar.stop();
  }
}

export function addSafetyCommands(program: Command): void {
  archiveCommand(program, 'backup', 'copy an archive to a new file and check the copy')
    .argument('<archive>')
    .argument('<out>', 'path of the backup')
    .action(async (path: string, out: string, options: Options) => {
      const report = await withMeter((bar) =>
        withArchive(path, options, (archive, signal) => backUp(archive, out, { signal, progress: bar.show })),
      );
      output(options.json ?? false).result(report, [
        `wrote ${report.path}  ${report.size} bytes, ${report.head.size} events, checked after writing`,
        `SHA-256 ${report.sha256}`,
        'it opens with the passphrase, and the recovery sheet, that the archive has now',
      ]);
    });

  archiveCommand(program, 'restore', 'make a new archive from a backup; its log says so')
    .argument('<backup>')
    .argument('<out>', 'path of the new archive, *.holdfast')
    .action(restore);

  archiveCommand(program, 'check', 'is the archive whole? exit 1 when it is not')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const report = await withMeter((bar) => checkIt(path, options, bar));
      output(options.json ?? false).result(report, checkLines(report));
      process.exitCode = report.ok ? exitCode.done : exitCode.refused;
    });

  archiveCommand(
    program,
    'recovery-sheet',
    'write down the key: whoever has it and the file reads everything',
  )
    .argument('<archive>')
    .argument('<out>', 'path of the new sheet, *.pdf or *.txt')
    .action(async (path: string, out: string, options: Options) => {
      const report = await withArchive(path, options, (archive, _signal, { credentials }) =>
        writeRecoverySheet(archive, out, requireSecret(credentials)),
      );
      output(options.json ?? false).result(report, [
        `wrote ${report.path}, sheet ${report.sheetId}`,
        'print it, then remove the file; whoever has it and the archive’s file can read everything in it',
        'a changed passphrase makes it useless for the archive: make a new one then',
      ]);
    });

  archiveCommand(program, 'passphrase', 'give an archive another passphrase; encrypts one that is plain')
    .argument('<archive>')
    .option('--new-passphrase-file <file>', 'file with the new one (else HOLDFAST_NEW_PASSPHRASE)')
    .action(changeIt);
}

async function restore(backupPath: string, path: string, options: Options): Promise<void> {
  const credentials = await credentialsFor(backupPath, options);
  const person = { name: claimedName(options), identity: await chosenIdentity(options) };
  const report = await withMeter((bar) =>
    interruptible((signal) =>
      restoreBackup({ ...credentials, backupPath, path, person }, { signal, progress: bar.show }),
    ),
  );
  output(options.json ?? false).result(report, [
    `made ${report.path} from ${backupPath}; checked`,
    `it goes on from event ${report.from.size - 1} of the log, and its log says that it was restored`,
  ]);
}

async function checkIt(path: string, options: Options, bar: Meter): Promise<CheckReport> {
  const credentials = await credentialsFor(path, options);
  return interruptible(async (signal) => {
    const work = { signal, progress: bar.show };
    try {
      return await inspectArchive({ path, ...credentials }, (archive) => checkWhole(archive, work));
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code !== 'archive-damaged') throw error;
      const report = await checkRuin(path, credentials, work);
      if (report === null) throw error;
      return report;
    }
  });
}

async function changeIt(path: string, options: Options & { newPassphraseFile?: string }): Promise<void> {
  const next = await newPassphrase(options.newPassphraseFile);
  const out = output(options.json ?? false);
  const report = await withMeter((bar) =>
    withArchive(path, options, (archive, signal, { credentials, replaced }) => {
      const { needed, seconds } = estimatePassphraseChange(archive);
      process.stderr.write(`this takes about ${seconds} s and, until it is done, ${needed} bytes of disk\n`);
      const order = { secret: secretOf(credentials), newPassphrase: next };
      return changePassphrase(archive, order, { signal, progress: bar.show }, replaced);
    }),
  );
  out.result(report, [
    report.from === 'plain'
      ? 'the archive is encrypted now; the old file is gone from its folder, but a disk may still hold its bytes'
      : 'the archive has the new passphrase',
    ...(report.from === 'plain'
      ? ['backups that were made before are still not encrypted']
      : ['backups that were made before still open with the old passphrase, and with old recovery sheets']),
    'recovery sheets that were made before do not open it any more: make a new one with `holdfast recovery-sheet`',
  ]);
}

function requireSecret(credentials: Credentials): Secret {
  const secret = secretOf(credentials);
  if (secret === null) throw new HoldfastError('bad-input', 'This archive is not encrypted: it has no key.');
  return secret;
}

function checkLines(report: CheckReport): string[] {
  return [
    `${report.pages} pages of ${report.pageSize} bytes, ${report.freePages} of them free; ${report.events} events, ${report.artifacts} artifacts`,
    ...report.problems.map(({ code, message }) => `${code}: ${message}`),
    ...(report.encrypted
      ? []
      : ['not encrypted: a changed page can only be told where something depends on it']),
    report.ok
      ? 'whole: every page, the structure, the log and every artifact are as they were written'
      : 'NOT whole: copy the file as it is before anything else, then restore the newest backup (`holdfast restore`)',
  ];
}
