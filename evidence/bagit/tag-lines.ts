/** Lines of a tag file in the encoding of the bag, within bounds. */
import { HoldfastError } from '../../contract/errors.ts';
import { LinesTooLong, type TextLine, textLines } from '../format/lines.ts';
import { decoderFor } from './encoding.ts';
import type { BagFindings } from './findings.ts';
import { maxPath } from './path.ts';
import type { BagFile } from './tree.ts';

const limits = { maxLine: maxPath + 4096, maxLines: 2_000_000 };

/** The lines as far as they can be read; why they end early is an error that was found. */
export async function* tagLines(
  file: BagFile,
  encoding: string,
  findings: BagFindings,
): AsyncGenerator<TextLine> {
  const decoder = decoderFor(encoding);
  if (decoder === null) return;
  try {
    yield* textLines(file.content(), decoder, limits);
  } catch (error) {
    if (error instanceof LinesTooLong)
      findings.error('tag-file-too-large', `It has ${error.message}.`, file.path);
    else if (error instanceof TypeError)
      findings.error('tag-file-encoding', `It is not text in ${encoding.slice(0, 60)}.`, file.path);
    else if (error instanceof HoldfastError && error.code !== 'cancelled')
      findings.error('file-unreadable', error.message, file.path);
    else throw error;
  }
}
