/** The holdfast command. */
import { Command, CommanderError } from 'commander';
import { tool } from '../archive/tool.ts';
import { addArchiveCommands } from './commands/archive.ts';
import { addBatchCommands } from './commands/batch.ts';
import { addBundleCommands } from './commands/bundle.ts';
import { addCaptureCommand } from './commands/capture.ts';
import { addCaseCommands } from './commands/case.ts';
import { addCodingCommands } from './commands/coding.ts';
import { addIdentityCommands } from './commands/identity.ts';
import { addImportCommand } from './commands/import.ts';
import { addLogCommands } from './commands/log.ts';
import { addPaletteCommand } from './commands/palette.ts';
import { addPersonaCommands } from './commands/persona.ts';
import { addPhraseCommands } from './commands/phrase.ts';
import { addPolicyCommands } from './commands/policy.ts';
import { addPurgeCommands } from './commands/purge.ts';
import { addRedactCommands } from './commands/redact.ts';
import { addReportCommands } from './commands/report.ts';
import { addRereadCommand } from './commands/reread.ts';
import { addReviewCommands } from './commands/review.ts';
import { addSafetyCommands } from './commands/safety.ts';
import { addSearchCommand } from './commands/search.ts';
import { addTagCommand } from './commands/tag.ts';
import { addTagsCommand } from './commands/tags.ts';
import { addTimestampCommands } from './commands/timestamp.ts';
import { addTrailCommands } from './commands/trail.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addVerifyPageCommand } from './commands/verify-page.ts';
import { addWatchCommands } from './commands/watch.ts';
import { exitCode, fail } from './output.ts';

function program(): Command {
  const holdfast = new Command('holdfast')
    .description('An evidence locker for posts that may vanish.')
    .version(tool.version)
    .showHelpAfterError('(--help says more)')
    // `bundle` has options of its own, and `bundle certify` has some of the same names.
    .enablePositionalOptions()
    .exitOverride();
  addArchiveCommands(holdfast);
  addSafetyCommands(holdfast);
  addIdentityCommands(holdfast);
  addImportCommand(holdfast);
  addCaptureCommand(holdfast);
  addPersonaCommands(holdfast);
  addTrailCommands(holdfast);
  addRereadCommand(holdfast);
  addBatchCommands(holdfast);
  addPurgeCommands(holdfast);
  addWatchCommands(holdfast);
  addSearchCommand(holdfast);
  addPolicyCommands(holdfast);
  addTagCommand(holdfast);
  addTagsCommand(holdfast);
  addReviewCommands(holdfast);
  addCodingCommands(holdfast);
  addPhraseCommands(holdfast);
  addPaletteCommand(holdfast);
  addReportCommands(holdfast);
  addRedactCommands(holdfast);
  addCaseCommands(holdfast);
  addBundleCommands(holdfast);
  addTimestampCommands(holdfast);
  addLogCommands(holdfast);
  addVerifyCommand(holdfast);
  addVerifyPageCommand(holdfast);
  return inherit(holdfast);
}

/** commander copies these settings only to commands that are made after them on the same parent. */
function inherit(parent: Command): Command {
  for (const command of parent.commands) inherit(command.copyInheritedSettings(parent));
  return parent;
}

async function main(): Promise<void> {
  try {
    await program().parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
      return;
    }
    process.exitCode = fail(error, process.argv.includes('--json'));
  }
}

// A reader that went away (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** When everything is said and done; the app, which runs this program in its own process, does not end by itself. */
export const finished = main();
