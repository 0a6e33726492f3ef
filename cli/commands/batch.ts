/** batch list, show, end: lists of addresses that `capture --from` works on. */
import type { Command } from 'commander';
import { batchItems, endBatch, listBatches, requireBatch } from '../../archive/batch/batch.ts';
import { mostAddresses } from '../../contract/address-list.ts';
import type { Batch, BatchItem } from '../../contract/model/batch.ts';
import { oneLine, output } from '../output.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };

function batchLines({ id, name, startedAt, startedBy, addresses, counts, ended }: Batch): string[] {
  const said = Object.entries(counts).flatMap(([state, count]) => (count > 0 ? [`${count} ${state}`] : []));
  return [
    `${id}  ${name === null ? '' : `${oneLine(name, 60)}, `}${addresses} addresses: ${said.join(', ')}${ended ? '; ended' : ''}`,
    `  begun by ${startedBy.name}, ${startedAt}`,
  ];
}

function itemLine({ n, url, state, captureId }: BatchItem): string {
  return `${`${n + 1}`.padStart(5)}  ${state.padEnd(11)}  ${captureId ?? '-'.padEnd(36)}  ${oneLine(url, 200)}`;
}

export function addBatchCommands(program: Command): void {
  const batch = program.command('batch').description('lists of addresses that are captured');
  archiveCommand(batch, 'list', 'the batches, newest first, and how far each has come')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const batches = await withArchive(path, options, listBatches);
      output(options.json ?? false).result({ batches }, batches.flatMap(batchLines));
    });
  archiveCommand(batch, 'show', 'the addresses of one batch, and what came of each')
    .argument('<archive>')
    .argument('<batch>', 'its id')
    .action(async (path: string, batchId: string, options: Options) => {
      const shown = await withArchive(path, options, (archive) => ({
        batch: requireBatch(archive, batchId),
        items: batchItems(archive, batchId, 0, mostAddresses).items,
      }));
      output(options.json ?? false).result(shown, [...batchLines(shown.batch), ...shown.items.map(itemLine)]);
    });
  archiveCommand(batch, 'end', 'say that what is left of a batch is not to be captured')
    .argument('<archive>')
    .argument('<batch>', 'its id')
    .action(async (path: string, batchId: string, options: Options) => {
      const ended = await withArchive(path, options, (archive) => endBatch(archive, batchId));
      output(options.json ?? false).result(ended, batchLines(ended));
    });
}
