import type { BatchState } from '../../contract/model/batch.ts';
import { counted, inDigits } from '../shared/sizes.ts';

export const batchMessages = {
  heading: 'Batch',
  intro:
    'Many addresses, captured a few at a time in pages that nobody sees, each in a session of its own: without cookies, or under a persona with those that are kept of it. What was done is kept whatever happens; what is left can be gone on with.',
  addresses: 'Addresses',
  addressesHelp:
    'One a line, http or https. Lines that begin with # are comments. Paste them, or drop a text file on this window.',
  name: 'Name of the list',
  nameHelp: 'For finding it again; may be left empty.',
  jobs: 'At the same time',
  howHelp: 'This also holds for a batch that is gone on with. One address may take 15 minutes at most.',
  begin: 'Begin',
  found: (count: number) => counted(count, 'address', 'addresses'),
  repeated: (count: number) => `${counted(count, 'line')} left out: the address stands in the list already`,
  badLines: (count: number) => `${counted(count, 'line')} cannot be captured and will be left out`,
  badLine: (line: number) => `Line ${inDigits(line)}`,
  moreBad: (count: number) => `and ${inDigits(count)} more`,
  list: 'Addresses of the batch, in their order. Arrow keys move, Enter opens the capture.',
  which: 'Batch',
  option: (name: string | null, startedAt: string, addresses: number) =>
    // An option holds no elements: the signs keep its direction apart from the window's.
    `\u2066${startedAt}, ${counted(addresses, 'address', 'addresses')}${name === null ? '' : `: ${name}`}\u2069`,
  empty: 'There is no batch yet',
  emptyHelp: 'Put addresses in above. Each becomes a capture with a verdict of its own.',
  goOn: 'Go on',
  goOnHelp: (count: number) => `${counted(count, 'address', 'addresses')} left`,
  retry: 'Try again what failed',
  end: 'Call off the rest',
  endAsk: 'What is left of this batch will not be captured. What was captured stays.',
  endYes: 'Call it off',
  endNo: 'Keep it',
  ended: 'The rest of this batch was called off.',
  done: 'Every address of this batch was captured.',
  running: 'Capturing',
  otherRuns: 'Another batch is being captured. This one can go on afterwards.',
  stopped: 'The batch was stopped',
  states: {
    waiting: 'waiting',
    interrupted: 'interrupted',
    complete: 'complete',
    incomplete: 'incomplete',
    failed: 'failed',
  } satisfies Record<BatchState, string>,
  now: 'capturing now',
  until: (time: string) => `waiting until ${time}`,
  count: (state: BatchState, count: number) => `${inDigits(count)} ${batchMessages.states[state]}`,
} as const;
