/** Real recorded answers, where they are at hand: they are not part of the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder =
  process.env.HOLDFAST_SHARED_DATA ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');

export const hasRealAnswers = existsSync(join(folder, 'x-graphql'));

export function realFile(...path: string[]): Buffer {
  return readFileSync(realPath(...path));
}

export function realPath(...path: string[]): string {
  return join(folder, ...path);
}

export function realFiles(name: string): string[] {
  return hasRealAnswers ? readdirSync(join(folder, name)).sort() : [];
}
