/** One part of the campaign. */

export interface PartOrder {
  /** Empty; removed afterwards. */
  folder: string;
  count: number;
  seed: number;
  /** Prints a line. */
  say(line: string): void;
}

export interface Part {
  /** What is done `count` times, in words. */
  what: string;
  /** How often where nothing else is said. */
  count: number;
  /** How many of them failed; says which and why. */
  run(order: PartOrder): Promise<number>;
}
