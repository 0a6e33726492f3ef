/**
 * Who may import whom: the table of docs/architecture.md, as a rule that fails. An import for types alone
 * counts. `tests/rules/imports.test.ts` shows that each rule bites.
 */

/** Built-in modules that reach a network: the workstation makes no request outside the capture view. */
const network = 'http|https|http2|net|tls|dgram|dns|dns/promises|inspector|inspector/promises';

/**
 * folder → what it may import beside itself: our folders, npm packages, and built-in modules as a pattern
 * ('' is none, '.*' all that reach no network).
 */
const table = {
  contract: { folders: [], packages: ['zod'], builtins: '' },
  evidence: {
    folders: ['contract'],
    packages: ['zod', 'uuid', '@noble/hashes', '@noble/curves', 'asn1js', 'pkijs', 'parse5', 'diff'],
    builtins: '(?!child_process|worker_threads|cluster).*',
  },
  sites: { folders: ['contract'], packages: ['zod', 'parse5'], builtins: '' },
  capture: { folders: ['contract', 'sites'], packages: ['zod'], builtins: '.*' },
  db: { folders: ['contract'], packages: ['zod', 'better-sqlite3'], builtins: '(?!child_process|cluster).*' },
  archive: {
    folders: ['contract', 'evidence', 'sites', 'db', 'policies'],
    packages: ['zod'],
    builtins: '.*',
  },
  main: { folders: ['contract', 'capture'], packages: ['electron', 'zod'], builtins: '.*' },
  preload: { folders: ['contract'], packages: ['electron'], builtins: '' },
  renderer: {
    folders: ['contract'],
    packages: [
      'react',
      'react-dom',
      '@mantine/[^/]+',
      '@tabler/icons-react',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      'wouter',
    ],
    builtins: '',
  },
  'verify-page': { folders: ['contract', 'evidence'], packages: ['zod'], builtins: '' },
  cli: {
    folders: ['contract', 'evidence', 'archive', 'capture'],
    packages: ['commander', 'cli-progress', 'zod'],
    builtins: '.*',
  },
};

/** Not part of the product: how the window is built, and how the command finds its Node. */
const notProduct = '^(renderer/vite\\.config\\.ts|cli/holdfast\\.mjs)$';
const product = `^(${Object.keys(table).join('|')})/`;

function rulesOf([folder, { folders, packages, builtins }]) {
  const from = { path: `^${folder}/`, pathNot: notProduct };
  const own = `^(${[folder, ...folders].join('|')})/`;
  const npm = `(^|/)node_modules/(@types/)?(${packages.join('|')})(/|$)`;
  return [
    {
      name: `${folder}-imports`,
      severity: 'error',
      comment: `${folder} may import ${[...folders, ...packages].join(', ')}.`,
      from,
      to: { dependencyTypesNot: ['core'], pathNot: [own, npm, '^package\\.json$'] },
    },
    {
      name: `${folder}-builtins`,
      severity: 'error',
      comment:
        builtins === ''
          ? `${folder} imports no module of Node.`
          : `${folder} starts nothing and asks no network.`,
      from,
      to: { dependencyTypes: ['core'], pathNot: `^(node:)?(?!(${network})$)(${builtins || '(?!)'})$` },
    },
  ];
}

module.exports = {
  forbidden: [
    ...Object.entries(table).flatMap(rulesOf),
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: product },
      to: { circular: true },
    },
    {
      name: 'verifier-knows-no-builder',
      severity: 'error',
      comment: 'Who checks a bundle must not share code with who makes it, not even at a distance.',
      from: { path: '^evidence/verify' },
      to: { path: '^evidence/build', reachable: true },
    },
    {
      name: 'policy-core-is-pure',
      severity: 'error',
      comment: 'How policy texts are split, matched and compared runs anywhere: no module of Node.',
      from: { path: '^evidence/policy/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ends-are-not-imported',
      severity: 'error',
      comment:
        'main, preload, renderer, cli and verify-page are where the program starts; only their tests import them.',
      from: { pathNot: '^(tests|main|preload|renderer|cli|verify-page)/' },
      to: { path: '^(main|preload|renderer|cli|verify-page)/' },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { path: `${product}|^scripts/` },
      to: { path: '^tests/' },
    },
    {
      name: 'listed-in-package-json',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      comment: 'electron brings itself; everything else that the product runs on is a dependency.',
      from: { path: product, pathNot: notProduct },
      to: { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/(electron|@types)/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist|demo-out|test-results|tests/fixtures)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css'],
    },
  },
};
