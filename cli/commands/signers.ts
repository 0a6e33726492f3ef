/** identity list, add, replace: the signers that an archive knows. */
import type { Command } from 'commander';
import type { Archive } from '../../archive/archive.ts';
import {
  type CertificateFile,
  isCertificateFile,
  readCertificateFile,
  readIdentityFile,
} from '../../archive/identity.ts';
import { addSigner, listSigners, replaceSigner } from '../../archive/signers.ts';
import { HoldfastError } from '../../contract/errors.ts';
import { withColons } from '../../contract/fingerprint.ts';
import type { SignerLine, SignerState, WithoutProof } from '../../contract/model/identity.ts';
import type { Identity } from '../../evidence/identity/identity.ts';
import { output } from '../output.ts';
import { otherPassphrase } from '../passphrase.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };
type ReadFile = (file: string, options: Options) => Promise<CertificateFile>;

const stateWords: Record<SignerState, string> = {
  proven: 'proven: its key has signed here',
  named: 'named: only its certificate is here',
  'not-yet-valid': 'not valid yet',
  expired: 'expired',
  replaced: 'replaced',
};

const withoutProofWords: Record<WithoutProof, string> = {
  'key-lost': 'the old key was not at hand and did not sign this',
  'certificate-expired': 'the old certificate had ended, so the old key did not sign this',
};

function signerLines({ label, certificate, state, sessions, bundles, replaced }: SignerLine): string[] {
  return [
    `${label}  ${stateWords[state]}; valid to ${certificate.notAfter}; ${sessions} sessions, ${bundles} bundles`,
    `  ${withColons(certificate.fingerprint)}`,
    ...(replaced === null
      ? []
      : [
          `  replaced on ${replaced.at} by ${replaced.name}: ${replaced.because} (${replaced.withoutProof === null ? 'signed by the old key' : withoutProofWords[replaced.withoutProof]})`,
        ]),
  ];
}

interface ReplaceOptions extends Options {
  old: string;
  because: string;
  oldPassphraseFile?: string;
  newPassphraseFile?: string;
}

/** `--old`: an identity whose key signs, a certificate, or a fingerprint as any tool prints it. */
async function oldSigner(options: ReplaceOptions): Promise<{ old: string; oldIdentity: Identity | null }> {
  const fingerprint = options.old.replaceAll(/[:\s]/g, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(fingerprint)) return { old: fingerprint, oldIdentity: null };
  if (isCertificateFile(options.old)) {
    const { facts } = await readCertificateFile(options.old, async () => '');
    return { old: facts.fingerprint, oldIdentity: null };
  }
  const passphrase = await otherPassphrase(
    options.oldPassphraseFile,
    'HOLDFAST_OLD_PASSPHRASE',
    '--old-passphrase-file',
    'Passphrase of the old identity',
  );
  const oldIdentity = await readIdentityFile(options.old, passphrase);
  return { old: oldIdentity.signer.fingerprint, oldIdentity };
}

async function successorOf(file: string, options: ReplaceOptions): Promise<Identity> {
  const passphrase = await otherPassphrase(
    options.newPassphraseFile,
    'HOLDFAST_NEW_PASSPHRASE',
    '--new-passphrase-file',
    'Passphrase of the new identity',
  );
  return readIdentityFile(file, passphrase);
}

function show(archive: Archive, line: SignerLine): SignerLine[] {
  const by = line.replaced?.by;
  return [line, ...listSigners(archive).filter(({ id }) => id === by)];
}

export function addSignerCommands(identity: Command, readFile: ReadFile): void {
  archiveCommand(identity, 'list', 'the signers that an archive knows')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const signers = await withArchive(path, options, listSigners);
      output(options.json ?? false).result({ signers }, signers.flatMap(signerLines));
    });

  archiveCommand(identity, 'add', 'name a signer: by an identity, or by a certificate')
    .argument('<archive>')
    .argument('<file>', 'identity (*.p12) or certificate (*.pem)')
    .option('--label <label>', 'what the archive calls the signer (else the name in the certificate)')
    .action(async (path: string, file: string, options: Options & { label?: string }) => {
      const certificate = await readFile(file, options);
      const added = await withArchive(path, options, (archive) =>
        addSigner(archive, certificate, options.label ?? null),
      );
      output(options.json ?? false).result(added, signerLines(added));
    });

  archiveCommand(identity, 'replace', 'record that one signer takes the place of another')
    .argument('<archive>')
    .argument('<new>', 'the new identity, *.p12')
    .requiredOption(
      '--old <old>',
      'the old identity (*.p12), or where its key is lost its certificate or fingerprint',
    )
    .requiredOption('--because <text>', 'why')
    .option('--old-passphrase-file <file>', 'passphrase of the old identity (else HOLDFAST_OLD_PASSPHRASE)')
    .option('--new-passphrase-file <file>', 'passphrase of the new identity (else HOLDFAST_NEW_PASSPHRASE)')
    .action(async (path: string, file: string, options: ReplaceOptions) => {
      if (options.because.trim() === '') throw new HoldfastError('bad-usage', 'Say why: --because TEXT.');
      const old = await oldSigner(options);
      const successor = await successorOf(file, options);
      const lines = await withArchive(path, options, async (archive) =>
        show(archive, await replaceSigner(archive, { ...old, successor, because: options.because })),
      );
      output(options.json ?? false).result({ signers: lines }, lines.flatMap(signerLines));
    });
}
