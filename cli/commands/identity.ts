/** identity: who signs. Files outside the archive, and the signers that an archive knows. */
import type { Command } from 'commander';
import {
  type CertificateFile,
  createIdentityFile,
  importIdentityFile,
  readCertificateFile,
} from '../../archive/identity.ts';
import { fingerprintLines, withColons } from '../../contract/fingerprint.ts';
import type { CertificateFacts, WrittenIdentity } from '../../contract/model/identity.ts';
import { output } from '../output.ts';
import { identityPassphrase, otherPassphrase } from '../passphrase.ts';
import { addSignerCommands } from './signers.ts';

interface FileOptions {
  identityPassphraseFile?: string;
  passphraseFile?: string;
  json?: boolean;
}

/** A command on an identity file. */
function fileCommand(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--passphrase-file <file>', 'file with the passphrase (else HOLDFAST_PASSPHRASE)')
    .option('--identity-passphrase-file <file>', 'file with a passphrase of its own')
    .option('--json', 'one JSON document on standard output');
}

/** The fingerprint as it is compared: on one line, and in groups to be read out. */
function fingerprintInLines({ fingerprint }: CertificateFacts): string[] {
  return [
    'fingerprint (SHA-256) to give to whoever checks your bundles, by another way than the bundle itself:',
    withColons(fingerprint),
    'to be read out, group by group:',
    ...fingerprintLines(fingerprint).map((line) => `  ${line}`),
  ];
}

/** What a certificate says, as lines. */
export function factLines(facts: CertificateFacts): string[] {
  const line = (label: string, value: string) => `${`${label}:`.padEnd(15)}${value}`;
  return [
    line('name', facts.name),
    line('organisation', facts.organisation ?? 'not given'),
    line('e-mail', facts.email ?? 'not given'),
    line('issuer', facts.selfSigned ? 'itself: nobody else vouches for the name' : facts.issuer),
    ...(facts.chain.length === 0 ? [] : [line('chain', facts.chain.join(' < '))]),
    line('valid', `${facts.notBefore} to ${facts.notAfter}`),
    line('key', facts.keyType),
    line('usages', facts.usages?.join(', ') ?? 'none named, so any'),
    line('purposes', facts.purposes?.join(', ') ?? 'none named, so any'),
  ];
}

function writtenLines(file: string, made: WrittenIdentity): string[] {
  const beside = [made.certificatePath, ...(made.chainPath === null ? [] : [made.chainPath])];
  return [
    `made ${[file, ...beside].join(' and ')}`,
    ...made.warnings.map(({ code, message }) => `note: ${message} [${code}]`),
    ...fingerprintInLines(made.signer),
  ];
}

/** Reads a `.p12` or a `.pem`, asking for a passphrase only where one is needed. */
export function chosenFile(file: string, options: FileOptions): Promise<CertificateFile> {
  return readCertificateFile(file, () =>
    identityPassphrase(options.identityPassphraseFile, options.passphraseFile),
  );
}

function addCreate(identity: Command): void {
  type Options = FileOptions & { name: string; organisation?: string; email?: string };
  fileCommand(
    identity,
    'create',
    'make a self-signed certificate with its key; also writes the certificate as .pem',
  )
    .argument('<file>', 'path of the new identity, *.p12')
    .requiredOption('--name <name>', 'who signs')
    .option('--organisation <organisation>')
    .option('--email <address>')
    .action(async (file: string, options: Options) => {
      const passphrase = await identityPassphrase(options.identityPassphraseFile, options.passphraseFile);
      const { name, organisation = null, email = null } = options;
      const made = await createIdentityFile(file, passphrase, { name, organisation, email }, new Date());
      output(options.json ?? false).result(made, writtenLines(file, made));
    });
}

function addImport(identity: Command): void {
  type Options = FileOptions & { fromPassphraseFile?: string };
  fileCommand(identity, 'import', 'take over an organisation’s identity into a new file of our own form')
    .argument('<from>', 'the organisation’s file (PKCS#12): *.p12, *.pfx')
    .argument('<file>', 'path of the new identity, *.p12')
    .option(
      '--from-passphrase-file <file>',
      'passphrase of the organisation’s file (else HOLDFAST_FROM_PASSPHRASE)',
    )
    .action(async (from: string, file: string, options: Options) => {
      const source = await otherPassphrase(
        options.fromPassphraseFile,
        'HOLDFAST_FROM_PASSPHRASE',
        '--from-passphrase-file',
        'Passphrase of the organisation’s file',
      );
      const passphrase = await identityPassphrase(options.identityPassphraseFile, options.passphraseFile);
      const made = await importIdentityFile(
        { path: from, passphrase: source },
        { path: file, passphrase },
        new Date(),
      );
      output(options.json ?? false).result(made, [...writtenLines(file, made), ...factLines(made.signer)]);
    });
}

export function addIdentityCommands(program: Command): void {
  const identity = program.command('identity').description('who signs');
  addCreate(identity);
  addImport(identity);
  fileCommand(identity, 'show', 'what a certificate says, with its fingerprint to read out')
    .argument('<file>', 'identity (*.p12) or certificate (*.pem)')
    .action(async (file: string, options: FileOptions) => {
      const { facts } = await chosenFile(file, options);
      output(options.json ?? false).result(facts, [...factLines(facts), ...fingerprintInLines(facts)]);
    });
  fileCommand(identity, 'fingerprint', 'the fingerprint alone, to read out')
    .argument('<file>', 'identity (*.p12) or certificate (*.pem)')
    .action(async (file: string, options: FileOptions) => {
      const { facts } = await chosenFile(file, options);
      const { fingerprint } = facts;
      output(options.json ?? false).result({ fingerprint }, [
        withColons(fingerprint),
        ...fingerprintLines(fingerprint),
      ]);
    });
  addSignerCommands(identity, chosenFile);
}
