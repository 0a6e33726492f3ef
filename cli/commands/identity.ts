/** identity create: a signer's certificate and key. */
import type { Command } from 'commander';
import { createIdentityFile } from '../../archive/identity.ts';
import { output } from '../output.ts';
import { identityPassphrase } from '../passphrase.ts';

interface CreateOptions {
  name: string;
  organisation?: string;
  email?: string;
  identityPassphraseFile?: string;
  passphraseFile?: string;
  json?: boolean;
}

export function addIdentityCommands(program: Command): void {
  const identity = program.command('identity').description('who signs');
  identity
    .command('create')
    .description('make a self-signed certificate with its key; also writes the certificate as .pem')
    .argument('<file>', 'path of the new identity, *.p12')
    .requiredOption('--name <name>', 'who signs')
    .option('--organisation <organisation>')
    .option('--email <address>')
    .option('--passphrase-file <file>', 'file with the passphrase (else HOLDFAST_PASSPHRASE)')
    .option('--identity-passphrase-file <file>', 'file with a passphrase of its own')
    .option('--json', 'one JSON document on standard output')
    .action(async (file: string, options: CreateOptions) => {
      const passphrase = await identityPassphrase(options.identityPassphraseFile, options.passphraseFile);
      const { name, organisation = null, email = null } = options;
      const made = await createIdentityFile(file, passphrase, { name, organisation, email }, new Date());
      output(options.json ?? false).result(made, [
        `made ${file} and ${made.certificatePath}`,
        `fingerprint (SHA-256) to give to whoever checks your bundles, by another way than the bundle itself:`,
        (made.signer.fingerprint.match(/../g) ?? []).join(':').toUpperCase(),
      ]);
    });
}
