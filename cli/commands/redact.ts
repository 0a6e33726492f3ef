/** redact add, list, lift, reveal: what bundles withhold, capture by capture. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { addRedaction, liftRedaction, listRedactions } from '../../archive/leaving/redactions.ts';
import { revealCapture, revealFile } from '../../archive/leaving/reveal.ts';
import { fromFileSystem } from '../../archive/new-file.ts';
import { requireCapture } from '../../archive/posts.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { Capture } from '../../contract/model/capture.ts';
import type { Hides, Redaction, Region } from '../../contract/model/redaction.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };

interface AddOptions extends Options {
  words?: string[];
  artifact?: string;
  region?: string[];
  because: string;
}

function regionOf(text: string): Region {
  const [, x, y, width, height] = /^(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})$/.exec(text) ?? [];
  if (height === undefined || Number(width) === 0 || Number(height) === 0)
    throw new HoldfastError(
      'bad-usage',
      `'${text}' is no part of a picture. Write X,Y,WIDTH,HEIGHT in pixels.`,
    );
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

/** By SHA-256, or by role where the capture has one file of it. */
function artifactOf({ artifacts }: Capture, named: string): Capture['artifacts'][number] {
  const found = artifacts.filter(({ sha256, role }) => sha256 === named || role === named);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new HoldfastError(
    'artifact-not-found',
    found.length === 0
      ? `The capture has no file '${named}'. It has: ${artifacts.map(({ role, sha256 }) => `${role} ${sha256}`).join(', ')}.`
      : `The capture has ${found.length} files '${named}'. Name one by its SHA-256: ${found.map(({ sha256 }) => sha256).join(', ')}.`,
  );
}

function hidesOf(capture: Capture, { words, artifact, region }: AddOptions): Hides {
  if (words !== undefined && artifact === undefined && region === undefined) return { what: 'words', words };
  if (words !== undefined || artifact === undefined) {
    throw new HoldfastError(
      'bad-usage',
      'Say what is to be withheld: --words WORDS…, --artifact FILE, or --artifact FILE --region X,Y,WIDTH,HEIGHT….',
    );
  }
  const { sha256, role } = artifactOf(capture, artifact);
  return region === undefined
    ? { what: 'artifact', sha256, role }
    : { what: 'regions', sha256, role, regions: region.map(regionOf) };
}

function lineOf({ id, captureId, hides, because, actor, time, lifted }: Redaction): string[] {
  const what =
    hides.what === 'words'
      ? `words: ${hides.words.map((word) => oneLine(word, 80)).join(' | ')}`
      : `${hides.what === 'regions' ? `${hides.regions.length} parts of ` : ''}${hides.role} ${hides.sha256}`;
  return [
    `${id}  capture ${captureId}  ${lifted ? 'lifted; it withheld ' : ''}${what}`,
    `  ${time}, ${oneLine(actor.name, 100)}: ${oneLine(because, 300)}`,
  ];
}

export function addRedactCommands(program: Command): void {
  const redact = program.command('redact').description('what bundles withhold; the archive keeps it');
  archiveCommand(redact, 'add', 'withhold words, a file, or parts of a picture from bundles')
    .argument('<archive>')
    .argument('<capture>', 'id of the capture')
    .option('--words <words...>', 'wherever they stand in the capture; name each spelling')
    .option('--artifact <file>', 'a file of the capture, by its SHA-256 or its role (screenshot, pdf, …)')
    .option('--region <x,y,width,height...>', 'parts of that picture, which are covered; in pixels')
    .requiredOption('--because <text>', 'why; it is printed in the bundle')
    .action(async (path: string, captureId: string, options: AddOptions) => {
      const made = await withArchive(path, options, (archive) =>
        addRedaction(archive, {
          captureId,
          hides: hidesOf(requireCapture(archive, captureId), options),
          because: options.because,
        }),
      );
      output(options.json ?? false).result(made, lineOf(made));
    });
  archiveCommand(redact, 'list', 'what is withheld, oldest first')
    .argument('<archive>')
    .argument('[capture]', 'of one capture')
    .action(async (path: string, captureId: string | undefined, options: Options) => {
      const redactions = await withArchive(path, options, (archive) =>
        listRedactions(archive, captureId === undefined ? null : [captureId]),
      );
      output(options.json ?? false).result({ redactions }, redactions.flatMap(lineOf));
    });
  archiveCommand(redact, 'lift', 'withhold it no longer')
    .argument('<archive>')
    .argument('<redaction>', 'id, as `redact list` prints it')
    .requiredOption('--because <text>', 'why')
    .action(async (path: string, id: string, options: Options & { because: string }) => {
      const lifted = await withArchive(path, options, (archive) =>
        liftRedaction(archive, id, options.because),
      );
      output(options.json ?? false).result(lifted, lineOf(lifted));
    });
  archiveCommand(
    redact,
    'reveal',
    'write what lets somebody check an original against a bundle; without --artifact it lists every file of the capture',
  )
    .argument('<archive>')
    .argument('<capture>', 'id of the capture')
    .argument('<out>', 'path of the new file, *.json')
    .option('--artifact <file>', 'this file alone, by its SHA-256 or its role; nothing is said of the others')
    .action(
      async (path: string, captureId: string, out: string, options: Options & { artifact?: string }) => {
        const { artifact } = options;
        const bytes = await withArchive(path, options, (archive) =>
          artifact === undefined
            ? revealCapture(archive, captureId)
            : revealFile(archive, captureId, artifactOf(requireCapture(archive, captureId), artifact).sha256),
        );
        try {
          writeFileSync(out, bytes, { flag: 'wx' });
        } catch (error) {
          throw fromFileSystem(error, out);
        }
        output(options.json ?? false).result({ path: out }, [
          `wrote ${out}`,
          artifact === undefined
            ? 'Give it only to those who may know every file of this capture.'
            : 'It says what this file is, and nothing of the others.',
        ]);
      },
    );
}
