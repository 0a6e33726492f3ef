/** The options that say under what circumstances pages are captured. */
import { type Command, Option } from 'commander';
import { type Circumstances, circumstancesSchema } from '../contract/capture-job.ts';
import { accessSchema } from '../contract/model/persona.ts';

export interface CircumstanceOptions {
  persona?: string;
  access?: string;
  lookOnly?: boolean;
}

export function withCircumstances(command: Command): Command {
  return command
    .option('--persona <name>', 'under which persona (`holdfast persona list`); none: a fresh session')
    .addOption(
      new Option(
        '--access <access>',
        'what somebody needs to see the page, as you say: nothing, a sign-in, or somebody’s approval',
      )
        .choices(accessSchema.options)
        .default('public'),
    )
    .option('--look-only', 'send nothing that likes, follows, posts, votes or marks as seen (the default)')
    .option('--no-look-only', 'send everything that the page wants to send');
}

export function circumstancesOf({ persona, access, lookOnly }: CircumstanceOptions): Circumstances {
  return circumstancesSchema.parse({ persona: persona ?? null, access, lookOnly });
}
