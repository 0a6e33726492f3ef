/** What the commands have in common. */
import type { Command } from 'commander';

/** A command on an archive, with the options that all of them take. */
export function archiveCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--passphrase-file <file>', 'file with the passphrase (else HOLDFAST_PASSPHRASE)')
    .option('--recovery-key-file <file>', 'instead of the passphrase: a recovery sheet, or its twelve groups')
    .option('--identity <file>', 'identity (PKCS#12) whose key proves who works')
    .option(
      '--identity-passphrase-file <file>',
      'its passphrase (else HOLDFAST_IDENTITY_PASSPHRASE, else the archive’s)',
    )
    .option('--as <name>', 'who works, as claimed (else HOLDFAST_NAME, else the system’s user name)')
    .option('--json', 'one JSON document on standard output');
}
