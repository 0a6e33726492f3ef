import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { postPage } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';

/** An archive with a post, a tag, an identity and a bundle. */
function desk() {
  const line = commandLine();
  const { folder, run, json } = line;
  writeFileSync(join(folder, 'post.html'), postPage('They said the quiet part loud.'));
  expect(run('init', 'a.holdfast').status).toBe(0);
  const imported = json('import', 'a.holdfast', 'post.html') as {
    posts: string[];
    captures: { id: string }[];
  };
  return { ...line, postId: imported.posts[0] ?? '', captureId: imported.captures[0]?.id ?? '' };
}

test('from a saved page to a trusted bundle', () => {
  const { folder, run, json, postId } = desk();

  const found = json('search', 'a.holdfast', 'quiet') as {
    total: number;
    hits: { postId: string; handle: string; postedAt: string }[];
  };
  const clauses = json('policy', 'clauses', 'a.holdfast', '--platform', 'x') as {
    clauses: { key: string }[];
  };
  const tag = json(
    'tag',
    'a.holdfast',
    postId,
    '--clause',
    clauses.clauses[0]?.key ?? '',
    '--quote',
    'quiet part',
    '--because',
    'a reason',
  );
  const signer = json(
    'identity',
    'create',
    'ida.p12',
    '--name',
    'Ida Signer',
    '--organisation',
    'Example Desk',
  ) as { signer: { name: string } };
  const bundle = json('bundle', 'a.holdfast', 'out.zip', '--no-pdf', '--all', '--identity', 'ida.p12') as {
    verification: { verdict: string };
  };
  const unsure = run('verify', 'out.zip');
  const trusted = run('verify', 'out.zip', '--trust', 'ida.pem', '--json');

  expect(found).toMatchObject({
    total: 1,
    hits: [{ postId, handle: 'ada', postedAt: '2021-01-14T10:00:00Z' }],
  });
  expect(tag).toMatchObject({
    postId,
    quote: { text: 'quiet part', start: 14, end: 24 },
    because: 'a reason',
  });
  expect(signer.signer.name).toBe('Ida Signer');
  expect(bundle.verification.verdict).toBe('consistent');
  expect({ status: unsure.status, verdict: unsure.stdout.trim().split('\n').at(-1) }).toEqual({
    status: 3,
    verdict: expect.stringContaining('CONSISTENT') as string,
  });
  expect(trusted.status).toBe(0);
  expect(JSON.parse(trusted.stdout)).toMatchObject({ verdict: 'trusted', signer: { name: 'Ida Signer' } });
  expect(existsSync(join(folder, 'ida.pem'))).toBe(true);
}, 300_000);

test('a bundle that was changed or cut gives exit code 1 and names what is wrong', () => {
  const { folder, run, captureId } = desk();
  run('identity', 'create', 'ida.p12', '--name', 'Ida');
  run('bundle', 'a.holdfast', 'out.zip', '--no-pdf', '--capture', captureId, '--identity', 'ida.p12');
  const whole = readFileSync(join(folder, 'out.zip'));
  const changed = Buffer.from(whole);
  const at = changed.indexOf('They said the quiet part loud.');
  changed[at] = (changed[at] ?? 0) ^ 1;
  writeFileSync(join(folder, 'changed.zip'), changed);
  writeFileSync(join(folder, 'cut.zip'), whole);
  truncateSync(join(folder, 'cut.zip'), Math.floor(whole.length / 2));

  const outcomes = ['changed.zip', 'cut.zip', 'post.html'].map((name) => {
    const { status, stdout } = run('verify', name, '--trust', 'ida.pem', '--json');
    const { verdict, files } = JSON.parse(stdout) as { verdict: string; files: { path: string }[] };
    return { name, status, verdict, named: files.length > 0 };
  });

  expect(outcomes).toEqual([
    { name: 'changed.zip', status: 1, verdict: 'failed', named: true },
    { name: 'cut.zip', status: 1, verdict: 'failed', named: false },
    { name: 'post.html', status: 1, verdict: 'failed', named: false },
  ]);
}, 300_000);

describe('what is refused, with its exit code', () => {
  test.each<[string, string[], number, string]>([
    ['no passphrase', ['status', 'a.holdfast'], 1, 'passphrase-missing'],
    [
      'an archive that is not there',
      ['status', 'none.holdfast', '--passphrase-file', 'pass'],
      1,
      'archive-not-found',
    ],
    ['a wrong passphrase', ['status', 'a.holdfast', '--passphrase-file', 'wrong'], 1, 'wrong-passphrase'],
    ['an archive that exists', ['init', 'a.holdfast', '--passphrase-file', 'pass'], 1, 'archive-exists'],
    [
      'a bundle without a signer',
      ['bundle', 'a.holdfast', 'o.zip', '--all', '--passphrase-file', 'pass'],
      2,
      'bad-usage',
    ],
    [
      'a tag on no post',
      [
        'tag',
        'a.holdfast',
        'x',
        '--clause',
        'x/hateful-conduct',
        '--because',
        'y',
        '--passphrase-file',
        'pass',
      ],
      1,
      'post-not-found',
    ],
    ['a bundle that is not there', ['verify', 'none.zip'], 1, 'file-not-found'],
  ])('%s', (_name, args, status, code) => {
    const { folder, run } = commandLine({});
    writeFileSync(join(folder, 'pass'), 'secret one\n');
    writeFileSync(join(folder, 'wrong'), 'secret two\n');
    run('init', 'a.holdfast', '--passphrase-file', 'pass');

    const outcome = run(...args, '--json');

    expect({
      status: outcome.status,
      code: (JSON.parse(outcome.stdout) as { error: { code: string } }).error.code,
    }).toEqual({ status, code });
    expect(outcome.stderr).toContain(`[${code}]`);
    expect(outcome.stderr + outcome.stdout).not.toMatch(/secret (one|two)/);
  });

  test.each([
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['init', 'a', '--frob']],
    ['a missing argument', ['tag', 'a.holdfast']],
  ])('%s is wrong usage', (_name, args) => {
    expect(commandLine().run(...args).status).toBe(2);
  });

  test('an import in which a file was refused, with the others done', () => {
    const { folder, run } = desk();
    writeFileSync(join(folder, 'empty.html'), '');
    writeFileSync(join(folder, 'second.html'), postPage('second'));

    const { status, stdout } = run('import', 'a.holdfast', 'empty.html', 'second.html', '--json');

    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      refused: [{ path: 'empty.html', code: 'file-empty' }],
      captures: [{ path: 'second.html' }],
    });
  });
});

test('who works is claimed unless a key proves it', () => {
  const { folder, run, json } = desk();
  run('identity', 'create', 'ida.p12', '--name', 'Ida Signer');

  const claimed = json('status', 'a.holdfast', '--as', 'Somebody') as { actor: object };
  const proven = json('status', 'a.holdfast', '--identity', join(folder, 'ida.p12')) as { actor: object };

  expect(claimed.actor).toEqual({ name: 'Somebody', basis: 'claimed', signer: null });
  expect(proven.actor).toMatchObject({
    name: 'Ida Signer',
    basis: 'proven',
    signer: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
});

test('a plain archive asks for no passphrase', () => {
  const { run, json } = commandLine({});

  expect(run('init', 'a.holdfast', '--plain').stdout).toContain('NOT encrypted');
  expect(json('status', 'a.holdfast')).toMatchObject({ encrypted: false });
});

test('control characters of a post do not reach the terminal', () => {
  const { folder, run } = desk();
  writeFileSync(
    join(folder, 'evil.html'),
    postPage('red \\u001b[31m and \\u202e turned').replaceAll('\\\\u', '\\u'),
  );
  run('import', 'a.holdfast', 'evil.html');

  const { stdout } = run('search', 'a.holdfast', 'turned');

  expect(stdout).toContain('turned');
  expect(['\u001b', '\u202e'].filter((character) => stdout.includes(character))).toEqual([]);
});

test('a name with an escape sequence in it does not reach the terminal as one', () => {
  const { run } = desk();
  const name = '\u001b[2Jgone\u202e.html';

  const imported = run('import', 'a.holdfast', name);
  const verified = run('verify', name);

  for (const { stdout, stderr } of [imported, verified]) {
    expect(stdout + stderr).toContain('\ufffd[2Jgone\ufffd.html');
    expect(stdout + stderr).not.toContain('\u001b');
    expect(stdout + stderr).not.toContain('\u202e');
  }
});
