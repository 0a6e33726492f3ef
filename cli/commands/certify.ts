/** bundle certify: a certificate beside a bundle, whose statements are confirmed one by one. */
import { createInterface } from 'node:readline/promises';
import { type Command, Option } from 'commander';
import { certificateBeside, certificationLines, certifyBundle } from '../../archive/certify.ts';
import { HoldfastError } from '../../contract/errors.ts';
import {
  type CertificationForm,
  type CertificationLines,
  certificationFormSchema,
} from '../../contract/model/certificate.ts';
import { output } from '../output.ts';
import { chosenIdentity, interruptible } from '../with-archive.ts';

interface CertifyOptions {
  identity: string;
  identityPassphraseFile?: string;
  form: CertificationForm;
  title?: string;
  confirm?: string;
  out?: string;
  json?: boolean;
}

/** Asks for each statement on the terminal; only `yes` confirms. */
async function ask({ statements }: CertificationLines): Promise<number[]> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const confirmed: number[] = [];
  try {
    for (const [i, statement] of statements.entries()) {
      process.stderr.write(`\n${i + 1}. ${statement}\n`);
      if ((await prompt.question('Type "yes" to confirm this: ')).trim().toLowerCase() === 'yes')
        confirmed.push(i + 1);
    }
  } finally {
    prompt.close();
  }
  return confirmed;
}

async function confirmedOf(path: string, { confirm, form }: CertifyOptions): Promise<number[]> {
  if (confirm !== undefined && confirm !== 'all')
    throw new HoldfastError('bad-usage', 'Give --confirm all, or leave it out and be asked line by line.');
  if (confirm === undefined && !process.stdin.isTTY) {
    throw new HoldfastError(
      'bad-usage',
      'Nobody can be asked here: read data/certification-draft.html of the bundle, then give --confirm all.',
    );
  }
  const lines = await certificationLines(path, form);
  return confirm === 'all' ? lines.statements.map((_, i) => i + 1) : ask(lines);
}

/** `bundle`: the command that compiles. */
export function addCertifyCommand(bundle: Command): void {
  bundle
    .command('certify')
    .description('write a certificate (FRE 902(13)/(14), or neutral) beside a bundle, and sign it')
    .argument('<bundle>', 'the zip file')
    .requiredOption('--identity <file>', 'identity (PKCS#12) of whoever certifies')
    .option('--identity-passphrase-file <file>', 'its passphrase (else HOLDFAST_IDENTITY_PASSPHRASE)')
    .addOption(
      new Option('--form <form>', 'for courts of the United States, or a form that names no law')
        .choices(certificationFormSchema.options)
        .default('us'),
    )
    .option('--title <text>', 'position and qualification of whoever certifies')
    .option('--confirm <which>', 'all: every statement of the draft was read and is confirmed')
    .option('--out <file>', 'the certificate (else BUNDLE.zip.certificate.html)')
    .option('--json', 'one JSON document on standard output')
    .action(async (path: string, options: CertifyOptions) => {
      const confirmed = await confirmedOf(path, options);
      const identity = await chosenIdentity(options);
      if (identity === null) throw new HoldfastError('bad-usage', 'Name who certifies: --identity FILE.p12.');
      const { form, title = null, out = certificateBeside(path) } = options;
      const order = { path, out, identity, form, title, confirmed, at: new Date() };
      const report = await interruptible((signal) => certifyBundle(order, { signal }));
      output(options.json ?? false).result(report, [
        `wrote ${report.path}  ${report.confirmed.length} statements confirmed, ${report.notConfirmed.length} not`,
        `and the signature over it, ${report.signaturePath}`,
        `SHA-256 of the zip file      ${report.zip}`,
        `SHA-256 of its tag manifest  ${report.tagManifest}`,
        'It certifies neither authorship nor truth nor attribution.',
      ]);
    });
}
