/** The rules of bags, each by a bag made here. */
import { describe, expect, test } from 'vitest';
import { bagOf, check, declaration, type Files, hex, manifest, said } from './bag.ts';

const payload = { 'data/a.txt': 'alpha', 'data/sub/b.txt': 'beta' };
const bag = bagOf(payload);

test('a good bag is valid, and says what it is', async () => {
  expect(await check(bag)).toEqual({
    kind: 'bag',
    verdict: 'valid',
    version: '1.0',
    encoding: 'UTF-8',
    algorithms: ['sha256'],
    payload: { files: 2, bytes: 9 },
    findings: [],
    counts: { error: 0, warning: 0, note: 0 },
  });
});

test.each(['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'])('version %s is read', async (version) => {
  expect(await check(bagOf(payload, {}, version))).toMatchObject({ verdict: 'valid', version });
});

test.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('digests by %s', async (algorithm) => {
  const files = {
    'bagit.txt': declaration(),
    [`manifest-${algorithm}.txt`]: manifest(payload, algorithm),
    ...payload,
  };
  expect(await check(files)).toMatchObject({ verdict: 'valid', algorithms: [algorithm] });
  expect(said(await check({ ...files, 'data/a.txt': 'alphA' }))).toEqual(['error file-changed data/a.txt']);
});

const list = manifest(payload);
const withLine = (line: string, version = '1.0') =>
  bagOf(payload, { 'manifest-sha256.txt': `${list}${line}\n` }, version);
const alpha = hex('sha256', 'alpha');
const drop = (files: Files, path: string) =>
  Object.fromEntries(Object.entries(files).filter(([each]) => each !== path));

describe('not valid', () => {
  test.each<[string, Files, string]>([
    ['a changed file', { ...bag, 'data/a.txt': 'alphA' }, 'error file-changed data/a.txt'],
    ['a missing file', drop(bag, 'data/a.txt'), 'error file-missing data/a.txt'],
    ['an added file', { ...bag, 'data/c.txt': '' }, 'error payload-unlisted data/c.txt'],
    [
      'a changed tag file',
      { ...bag, 'bagit.txt': `${declaration('1.0', 'utf-8')}` },
      'error file-changed bagit.txt',
    ],
    [
      'a missing tag file',
      drop(bagOf(payload, { 'about.txt': 'x' }), 'about.txt'),
      'error file-missing about.txt',
    ],
    ['no bagit.txt', drop(bag, 'bagit.txt'), 'error declaration-missing bagit.txt'],
    [
      'no version',
      bagOf(payload, { 'bagit.txt': 'BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n' }),
      'error declaration-version bagit.txt',
    ],
    [
      'no encoding',
      bagOf(payload, { 'bagit.txt': 'BagIt-Version: 1.0\n' }),
      'error declaration-encoding bagit.txt',
    ],
    [
      'space before a colon',
      bagOf(payload, { 'bagit.txt': 'BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n' }),
      'error declaration-version bagit.txt',
    ],
    [
      'a third line',
      bagOf(payload, { 'bagit.txt': `${declaration()}More: 1\n` }),
      'error declaration-form bagit.txt',
    ],
    [
      'a byte order mark',
      bagOf(payload, { 'bagit.txt': `\ufeff${declaration()}` }),
      'error declaration-bom bagit.txt',
    ],
    [
      'a version to come',
      bagOf(payload, { 'bagit.txt': declaration('2.0') }),
      'error version-unknown bagit.txt',
    ],
    [
      'an unknown encoding',
      bagOf(payload, { 'bagit.txt': declaration('1.0', 'X-Secret') }),
      'error encoding-unknown bagit.txt',
    ],
    [
      'a declaration that is no text',
      bagOf(payload, { 'bagit.txt': Uint8Array.of(0xff, 0xfe, 0) }),
      'error declaration-unreadable bagit.txt',
    ],
    [
      'no payload manifest',
      drop(drop(bag, 'manifest-sha256.txt'), 'tagmanifest-sha256.txt'),
      'error manifest-missing',
    ],
    ['a line that is none', withLine('no digest here'), 'error manifest-line manifest-sha256.txt'],
    ['a digest of another length', withLine(`${alpha}00  data/a.txt`), 'error manifest-digest data/a.txt'],
    ['listed twice', withLine(`${alpha}  data/a.txt`), 'error listed-twice data/a.txt'],
    [
      'listed twice, differently',
      withLine(`${hex('sha256', 'x')}  data/a.txt`, '0.97'),
      'error listed-twice-differently data/a.txt',
    ],
    ['a payload path outside data/', withLine(`${alpha}  bagit.txt`), 'error path-outside-payload bagit.txt'],
    [
      'payload in the tag manifest',
      { ...bag, 'tagmanifest-sha256.txt': manifest(payload) },
      'error tag-manifest-payload data/a.txt',
    ],
    [
      'a manifest that is not in the encoding',
      bagOf(payload, { 'manifest-sha256.txt': Buffer.concat([Buffer.from(list), Buffer.from([0xff])]) }),
      'error tag-file-encoding manifest-sha256.txt',
    ],
    [
      'Payload-Oxum of other files',
      bagOf(payload, { 'bag-info.txt': 'Payload-Oxum: 9.3\n' }),
      'error oxum-differs bag-info.txt',
    ],
    [
      'Payload-Oxum in another form',
      bagOf(payload, { 'bag-info.txt': 'Payload-Oxum: nine\n' }),
      'error oxum-form bag-info.txt',
    ],
    [
      'Payload-Oxum twice',
      bagOf(payload, { 'bag-info.txt': 'Payload-Oxum: 9.2\nPayload-Oxum: 9.2\n' }),
      'error oxum-twice bag-info.txt',
    ],
    [
      'bag-info.txt that is none',
      bagOf(payload, { 'bag-info.txt': 'just words\n' }),
      'error bag-info-line bag-info.txt',
    ],
    [
      'a file to fetch',
      drop(bagOf(payload, { 'fetch.txt': 'https://bags.test/a 5 data/a.txt\n' }), 'data/a.txt'),
      'error file-to-fetch data/a.txt',
    ],
    [
      'a fetch of what nobody lists',
      bagOf(payload, { 'fetch.txt': 'https://bags.test/c - data/c.txt\n' }),
      'error fetch-not-listed data/c.txt',
    ],
    [
      'a fetch of another length',
      bagOf(payload, { 'fetch.txt': 'https://bags.test/a 6 data/a.txt\n' }),
      'error fetch-length data/a.txt',
    ],
    [
      'a fetch of a tag file',
      bagOf(payload, { 'fetch.txt': 'https://bags.test/a - bagit.txt\n' }),
      'error path-outside-payload bagit.txt',
    ],
    ['fetch.txt that is none', bagOf(payload, { 'fetch.txt': 'nowhere\n' }), 'error fetch-line fetch.txt'],
  ])('%s', async (_, files, finding) => {
    const answer = await check(files);
    expect(answer.verdict).toBe('invalid');
    expect(said(answer)).toContain(finding);
  });

  test('a file that one of two manifests leaves out; before version 1.0 one is enough', async () => {
    const second = { 'manifest-md5.txt': manifest({ 'data/a.txt': 'alpha' }, 'md5') };
    expect(said(await check(bagOf(payload, second)))).toEqual([
      'error payload-not-in-every-manifest data/sub/b.txt',
    ]);
    expect((await check(bagOf(payload, second, '0.97'))).verdict).toBe('valid');
  });

  test('a bag without a folder for payload', async () => {
    expect(said(await check({ 'bagit.txt': declaration(), 'manifest-md5.txt': '' }))).toEqual([
      'error data-missing',
    ]);
  });

  test('a link, listed or not: it counts as no file', async () => {
    expect(said(await check(bag, ['data/a.txt']))).toEqual([
      'error link data/a.txt',
      'error file-missing data/a.txt',
    ]);
  });

  /** Each is a way out on some system, and a bag travels: so all are refused everywhere. */
  test.each([
    '../a.txt',
    'data/../../a.txt',
    'data/..',
    '/etc/passwd',
    '//host/share',
    '~/a.txt',
    '~root/a.txt',
    'C:\\a.txt',
    'c:/a.txt',
    '\\\\host\\share',
    '\\\\?\\UNC\\host\\share',
    'data\\..\\..\\a.txt',
    '%HomeDrive%\\a.txt',
    '$HOME/a.txt',
    'data/a\0b',
  ])('a path that leads out of the bag: %j', async (path) => {
    expect(said(await check(withLine(`${alpha}  ${path}`)))).toEqual([`error path-escape ${path}`]);
    const fetched = bagOf(payload, { 'fetch.txt': `https://bags.test/a - ${path}\n` });
    expect(said(await check(fetched))).toEqual([`error path-escape ${path}`]);
  });

  test('a way out that is encoded', async () => {
    expect(said(await check(withLine(`${alpha}  data/%0A/../../a`)))).toEqual([
      'error path-escape data/%0A/../../a',
    ]);
  });
});

describe('valid, with warnings', () => {
  const system = { 'data/.DS_Store': 'x', 'data/a.txt': 'alpha' };
  test.each<[string, Files, string[]]>([
    [
      'md5sum and its kind',
      bagOf(payload, { 'manifest-sha256.txt': list.replaceAll('  ', ' *') }),
      ['warning manifest-star data/a.txt', 'warning manifest-star data/sub/b.txt'],
    ],
    [
      "'./' before a path",
      bagOf(payload, { 'manifest-sha256.txt': list.replace('data/a', './data/a') }),
      ['warning path-dots ./data/a.txt'],
    ],
    [
      'an empty line',
      bagOf(payload, { 'manifest-sha256.txt': list.replace('\n', '\n\n') }),
      ['warning manifest-empty-line manifest-sha256.txt'],
    ],
    [
      'listed twice before 1.0',
      withLine(`${alpha}  data/a.txt`, '0.97'),
      ['warning listed-twice data/a.txt'],
    ],
    [
      'a name in another case',
      bagOf({ 'data/a.txt': 'x' }, { 'manifest-sha256.txt': manifest({ 'data/A.TXT': 'x' }) }),
      ['warning name-clash data/A.TXT', 'warning name-differs data/A.TXT'],
    ],
    [
      'a name in another normalisation',
      bagOf({ 'data/\u00e9': 'x' }, { 'manifest-sha256.txt': manifest({ 'data/e\u0301': 'x' }) }),
      ['warning name-clash data/e\u0301', 'warning name-differs data/e\u0301'],
    ],
    [
      'two files that are one elsewhere',
      bagOf({ 'data/a': 'x', 'data/A': 'y' }),
      ['warning name-clash data/A'],
    ],
    ['files of the system', bagOf(system), ['warning system-file data/.DS_Store']],
    [
      'files of the system that the system has removed',
      drop(bagOf(system, { 'bag-info.txt': 'Payload-Oxum: 6.2\n' }), 'data/.DS_Store'),
      [
        'warning oxum-differs bag-info.txt',
        'warning system-file data/.DS_Store',
        'warning system-file-missing data/.DS_Store',
      ],
    ],
    [
      'a name that Windows cannot have',
      bagOf({ 'data/a?': 'x', 'data/aux.txt': '', 'data/b.': '' }),
      [
        'warning name-not-portable data/a?',
        'warning name-not-portable data/aux.txt',
        'warning name-not-portable data/b.',
      ],
    ],
    [
      'a line break in a name, found by its code',
      bagOf({ 'data/a\nb': 'x' }, { 'manifest-sha256.txt': manifest({ 'data/a%0Ab': 'x' }) }),
      ['warning name-not-portable data/a\nb'],
    ],
    [
      'a second manifest by an unknown algorithm',
      bagOf(payload, { 'manifest-tiger.txt': manifest(payload, 'md5') }),
      ['warning algorithm-unknown manifest-tiger.txt'],
    ],
    [
      'space before a colon in bag-info.txt',
      bagOf(payload, { 'bag-info.txt': 'Label : x\n' }),
      ['warning bag-info-spaces bag-info.txt'],
    ],
    [
      'Payload-Oxum twice before 1.0',
      bagOf(payload, { 'bag-info.txt': 'Payload-Oxum: 9.2\nPayload-Oxum: 9.2\n' }, '0.97'),
      ['warning oxum-twice bag-info.txt'],
    ],
  ])('%s', async (_, files, findings) => {
    const answer = await check(files);
    expect(said(answer).sort()).toEqual(findings.sort());
    expect(answer.verdict).toBe('valid-with-warnings');
  });
});

describe('valid', () => {
  test.each<[string, Files]>([
    [
      'line breaks of Windows, and none at the end',
      bagOf(payload, { 'manifest-sha256.txt': list.replaceAll('\n', '\r\n').trimEnd() }),
    ],
    ['line breaks of old Macs', bagOf(payload, { 'manifest-sha256.txt': list.replaceAll('\n', '\r') })],
    [
      'digests in capitals, tabs between',
      bagOf(payload, {
        'manifest-sha256.txt': list.replace(alpha, alpha.toUpperCase()).replaceAll('  ', '\t'),
      }),
    ],
    [
      'continued lines in bag-info.txt',
      bagOf(payload, { 'bag-info.txt': 'Description: long\n  and longer\nPayload-Oxum: 9.2\n' }),
    ],
    ['package-info.txt of old drafts', bagOf(payload, { 'package-info.txt': 'Payload-Oxum: 9.2\n' }, '0.93')],
    [
      'what is to be fetched is there already',
      bagOf(payload, { 'fetch.txt': 'https://bags.test/a 5 data/a.txt\n' }),
    ],
    [
      'a percent sign in a name',
      bagOf({ 'data/b%': 'x' }, { 'manifest-sha256.txt': manifest({ 'data/b%25': 'x' }) }),
    ],
    ['a percent sign before 1.0, which meant itself', bagOf({ 'data/%25': 'x' }, {}, '0.97')],
    ['names with spaces', bagOf({ 'data/ a  b': 'x' })],
    [
      'no payload at all',
      {
        ...bagOf({}),
        'data/.keep': '',
        'manifest-sha256.txt': manifest({ 'data/.keep': '' }),
        'tagmanifest-sha256.txt': '',
      },
    ],
  ])('%s', async (_, files) => {
    const answer = await check(files);
    expect(said(answer)).toEqual([]);
    expect(answer.verdict).toBe('valid');
  });

  test.each([
    ['ISO-8859-1', 'latin1', ''],
    ['UTF-16', 'utf16le', '\ufeff'],
    ['UTF-16LE', 'utf16le', ''],
  ] as const)('tag files in %s', async (name, encoding, mark) => {
    const accented = { 'data/é.txt': 'x' };
    const files = {
      'bagit.txt': declaration('1.0', name),
      'manifest-sha256.txt': Buffer.from(mark + manifest(accented), encoding),
      ...accented,
    };
    expect(said(await check(files))).toEqual([]);
  });

  test('a tag file that nothing covers is told, and takes nothing from the verdict', async () => {
    const answer = await check({ ...bag, 'notes.txt': 'x' });
    expect(answer).toMatchObject({ verdict: 'valid', counts: { note: 1 } });
    expect(answer.findings).toMatchObject([{ level: 'note', code: 'tag-file-unlisted', file: 'notes.txt' }]);
  });
});

describe('bounds', () => {
  test('a list that is one endless line, or endless lines, is given up', async () => {
    for (const content of ['0'.repeat(200_000), `${alpha}  data/${'x'.repeat(40_000)}\n`]) {
      const answer = await check(bagOf(payload, { 'manifest-sha256.txt': content }));
      expect(said(answer)).toContain('error tag-file-too-large manifest-sha256.txt');
    }
  });

  test('a hundred thousand problems are counted, a thousand listed, errors before warnings', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `${alpha} *data/${i}\n`).join('');
    const answer = await check(bagOf(payload, { 'manifest-sha256.txt': many }));
    expect(answer.counts.error).toBeGreaterThan(20_000);
    expect(answer.counts.warning).toBe(20_000);
    expect(answer.findings).toHaveLength(1000);
    expect(answer.findings.every(({ level }) => level === 'error')).toBe(true);
  });
});
