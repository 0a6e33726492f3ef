/** Compiling a case of many exhibits: twice as many must take twice as long, and little memory. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { addExhibits, makeCase } from '../../archive/cases/cases.ts';
import { compileBundle } from '../../archive/compile.ts';
import { closeArchive, createArchive } from '../../archive/open.ts';
import { listPosts } from '../../archive/posts.ts';
import { starterPack } from '../../archive/starter-pack.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import { postContent, takeInto } from './posts.ts';

const exhibits = 2000;
const postsOfCapture = 20;
const passphrase = 'bench';

/** Processor seconds, and bytes above what was held before. */
async function compiled(folder: string, count: number): Promise<{ seconds: number; memory: number }> {
  const path = join(folder, `${count}.holdfast`);
  const archive = await createArchive({ path, passphrase, person: { name: 'Bench' }, clauses: starterPack });
  for (let from = 0; from < count; from += postsOfCapture)
    await takeInto(
      archive,
      Array.from({ length: postsOfCapture }, (_, n) => postContent(from + n)),
    );
  const made = makeCase(archive, { name: 'Bench', timeZone: 'Europe/Berlin' });
  const { posts: lines } = listPosts(archive, '', 0, count);
  const posts = lines.map(({ postId }) => postId);
  addExhibits(
    archive,
    made.id,
    posts.map((id, n) => ({ id, label: `Post ${n}`, note: null })),
  );
  const identity = await createIdentity({ name: 'Bench', now: new Date() });
  const before = process.memoryUsage().rss;
  const started = process.cpuUsage();
  let most = before;
  const progress = () => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  await compileBundle(
    archive,
    { path: join(folder, `${count}.zip`), identity, captures: 'all', case: made.id },
    { progress },
  );
  progress();
  const { user, system } = process.cpuUsage(started);
  closeArchive(archive);
  for (const end of ['holdfast', 'zip']) rmSync(join(folder, `${count}.${end}`), { force: true });
  return { seconds: (user + system) / 1e6, memory: most - before };
}

export async function benchExhibits(folder: string): Promise<void> {
  // What is compiled first makes the program warm.
  await compiled(folder, postsOfCapture);
  const half = await compiled(folder, exhibits / 2);
  const whole = await compiled(folder, exhibits);
  const ratio = whole.seconds / half.seconds;
  console.log(`\ncompile a case of ${exhibits} exhibits, with its search and check (processor time)`);
  for (const [count, { seconds, memory }] of [
    [exhibits / 2, half],
    [exhibits, whole],
  ] as const)
    console.log(
      `  ${String(count).padEnd(44)} ${seconds.toFixed(3)} s, ${(memory / 1024 ** 2).toFixed(0)} MiB more memory (budget 300)`,
    );
  console.log(`  ratio ${ratio.toFixed(2)} × (budget 2.5 ×) ${ratio <= 2.5 ? 'within' : 'OVER'}`);
}
