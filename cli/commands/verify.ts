/** verify: checking a bundle, a WACZ file of others, or any BagIt bag. No archive is needed. */
import type { Command } from 'commander';
import { checkBagAt } from '../../archive/check-bag.ts';
import { checkWaczFile, isWaczFile } from '../../archive/check-wacz.ts';
import { checkDerived, type DerivedFound } from '../../archive/leaving/check-derived.ts';
import { checkOriginal, type OriginalFound } from '../../archive/leaving/reveal.ts';
import { verifyFile } from '../../archive/verify.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { BagCheck } from '../../contract/model/bag-check.ts';
import type { Verification } from '../../contract/model/bundle.ts';
import type { WaczCheck } from '../../contract/model/wacz.ts';
import { exitCode, output } from '../output.ts';
import { meter } from '../progress.ts';

interface VerifyOptions {
  bag?: string;
  trust?: string[];
  tsaRoot?: string[];
  original?: string;
  revealed?: string;
  json?: boolean;
}

type Verdict = Verification['verdict'];

const bundleWords: Record<Verdict, string> = {
  trusted: 'TRUSTED: nothing changed since the signature, and the signer is one that you named',
  consistent:
    'CONSISTENT: nothing changed since the signature; who signed was not checked (--trust CERT.pem)',
  failed: 'FAILED',
};

const waczWords: Record<Verdict, string> = {
  trusted: 'TRUSTED: nothing contradicts the hashes, and a signer that you named signed them',
  consistent:
    'CONSISTENT: nothing contradicts the hashes of this file; that is as much as anybody can write (--trust CERT.pem, --tsa-root CERT.pem)',
  failed: 'FAILED',
};

const bagWords: Record<BagCheck['verdict'], string> = {
  valid: 'VALID: a complete bag; every listed file has its digest',
  'valid-with-warnings': 'VALID, WITH WARNINGS: no file differs from its digest; see the warnings above',
  invalid: 'INVALID',
};

function stepLines(steps: readonly { step: string; status: string; message: string }[]): string[] {
  return steps.map(({ step, status, message }) => `${status.padEnd(11)} ${step.padEnd(15)} ${message}`);
}

function signerLines({ signer }: { signer: Verification['signer'] }): string[] {
  return signer === null ? [] : [`signer: ${signer.name}, certificate SHA-256 ${signer.fingerprint}`];
}

function bundleLines(verification: Verification): string[] {
  return [
    ...stepLines(verification.steps),
    ...verification.files.map(({ path, problem }) => `  ${problem}: ${path}`),
    ...signerLines(verification),
    ...verification.notes.map(({ message }) => `note: ${message}`),
    bundleWords[verification.verdict],
  ];
}

function waczLines(check: WaczCheck): string[] {
  const software = check.software === null ? [] : [`made by, as it says: ${check.software.slice(0, 200)}`];
  return [...stepLines(check.steps), ...software, ...signerLines(check), waczWords[check.verdict]];
}

function bagLines(check: BagCheck): string[] {
  const more = check.counts.error + check.counts.warning + check.counts.note - check.findings.length;
  return [
    ...check.findings.map(
      ({ level, code, message, file }) =>
        `${level.padEnd(8)} ${file === null ? '' : `${file}: `}${message} [${code}]`,
    ),
    ...(more > 0 ? [`(and ${more} more)`] : []),
    `BagIt ${check.version ?? 'of unknown version'}, ${check.payload.files} payload files of ${check.payload.bytes} bytes, digests by ${check.algorithms.join(', ') || 'nothing known'}`,
    bagWords[check.verdict],
  ];
}

const exitOf: Record<Verdict, number> = {
  trusted: exitCode.done,
  consistent: exitCode.signerNotChecked,
  failed: exitCode.refused,
};

type Progress = Parameters<ReturnType<typeof meter>['show']>[0];

/** The document, its lines for people, and how the command ends. */
async function check(
  path: string | undefined,
  options: VerifyOptions,
  progress: (progress: Progress) => void,
): Promise<{ document: unknown; lines: string[]; code: number }> {
  if (options.bag !== undefined) {
    if (path !== undefined)
      throw new HoldfastError('bad-usage', 'Name a bundle, or a bag with --bag; not both.');
    const answer = await checkBagAt(options.bag, { progress });
    const code = answer.verdict === 'invalid' ? exitCode.refused : exitCode.done;
    return { document: answer, lines: bagLines(answer), code };
  }
  if (path === undefined)
    throw new HoldfastError('bad-usage', 'Name the file to check, or a bag with --bag.');
  const { trust = [], tsaRoot = [], original, revealed } = options;
  if (original === undefined && revealed !== undefined)
    throw new HoldfastError('bad-usage', '--revealed FILE is for a file that is named by --original.');
  if (await isWaczFile(path)) {
    const answer = await checkWaczFile(path, { trust, tsaRoots: tsaRoot }, { progress });
    return { document: answer, lines: waczLines(answer), code: exitOf[answer.verdict] };
  }
  const answer = await verifyFile(path, { trust, tsaRoots: tsaRoot }, { progress });
  const lines = bundleLines(answer);
  const code = exitOf[answer.verdict];
  if (original === undefined || answer.verdict === 'failed') return { document: answer, lines, code };
  const found = revealed === undefined ? null : await checkOriginal(path, original, revealed);
  const derived = await checkDerived(path, original);
  if (found === null && derived === null) {
    throw new HoldfastError(
      'bad-usage',
      `Nothing in the bundle was cut out of ${original}. Any other file is checked with --revealed FILE, which the signer writes with \`holdfast redact reveal\`: without it nobody can test a guess, and nobody can check either.`,
    );
  }
  return {
    document: {
      ...answer,
      ...(found !== null && { original: found }),
      ...(derived !== null && { derived }),
    },
    lines: [
      ...lines,
      ...(found === null ? [] : [originalLine(found)]),
      ...(derived === null ? [] : derivedLines(derived, found !== null)),
    ],
    code,
  };
}

/** `isOriginal`: that the file is the one that was sealed is shown. */
function derivedLines({ path, records, of }: DerivedFound, isOriginal: boolean): string[] {
  return [
    `derived: the ${records} records of ${path} stand in that file byte for byte; it has ${of}`,
    ...(isOriginal
      ? []
      : [
          'not known: whether that file is the recording that was sealed (--revealed FILE, which the signer writes with `holdfast redact reveal`)',
        ]),
  ];
}

function originalLine({ role, capture, sealedAt }: OriginalFound): string {
  return `original: it is the file '${role}' that capture ${capture} sealed ${sealedAt}, as its line in the log commits to it`;
}

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description(
      'check a bundle or a WACZ file: exit 0 trusted, 3 consistent but the signer was not checked, 1 failed; with --bag any BagIt bag: exit 0 valid, 1 not',
    )
    .argument('[file]', 'a bundle (*.zip) or a WACZ file; which of them, its content says')
    .option('--bag <path>', 'any BagIt bag: a folder, or a zip file with one in it')
    .option('--trust <cert...>', 'certificates (PEM) of signers that you trust, or of their authority')
    .option(
      '--tsa-root <cert...>',
      'certificates (PEM) of time-stamping authorities that you trust, or of those above them',
    )
    .option('--original <file>', 'a file that the bundle withholds, or the picture that it covers')
    .option('--revealed <file>', 'what the signer gave you to check it with (`holdfast redact reveal`)')
    .option('--json', 'one JSON document on standard output')
    .action(async (path: string | undefined, options: VerifyOptions) => {
      const bar = meter();
      try {
        const { document, lines, code } = await check(path, options, bar.show);
        bar.stop();
        output(options.json ?? false).result(document, lines);
        process.exitCode = code;
      } finally {
        bar.stop();
      }
    });
}
