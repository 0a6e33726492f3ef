/**
 * Builds verify.html: style and script into one file that asks for nothing else, under a policy that allows just these
 * two, by their hashes. The same sources give the same bytes, on any machine.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';
import { licenceText } from './third-party.mjs';

const folder = join(root, 'verify-page');

/** What the page must run in: browsers of 2023 and later. */
const target = ['chrome114', 'firefox119', 'safari16.4'];

/**
 * @param {typeof import('vite').build} build
 * @returns {Promise<string>} the page
 */
export async function buildVerifyPage(build) {
  const program = await bundle(build, 'main.ts', 'js');
  const script = embeddable(program.text, 'script');
  const style = embeddable((await bundle(build, 'style.css', 'css')).text, 'style');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const template = readFileSync(join(folder, 'index.html'), 'utf8').replaceAll('\r\n', '\n');
  const parts = {
    '%policy%': policy,
    '<!-- style -->': `<style>${style}</style>`,
    '<!-- script -->': `<script>${script}</script>`,
    '<!-- licences -->': `<!--\n${licences(program.packages)}\n-->`,
  };
  return template.replaceAll(/%policy%|<!-- (?:style|script|licences) -->/g, (place) => parts[place]);
}

async function bundle(build, entry, kind) {
  const outcome = await build({
    configFile: false,
    logLevel: 'warn',
    mode: 'production',
    root,
    build: {
      write: false,
      target,
      minify: true,
      cssMinify: true,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(folder, entry),
        output: {
          format: kind === 'js' ? 'iife' : 'es',
          entryFileNames: 'page.js',
          assetFileNames: 'page.[ext]',
        },
      },
    },
  });
  const [{ output }] = [outcome].flat();
  const found = output.filter(({ fileName }) => fileName === `page.${kind}`);
  const [file] = found;
  const text = kind === 'js' ? file?.code : file?.source;
  if (found.length !== 1 || text === undefined) {
    throw new Error(`${entry} was built to ${output.map(({ fileName }) => fileName)}`);
  }
  return { text: String(text), packages: packagesOf(Object.keys(file.modules ?? {})) };
}

/** Names of the packages that these files belong to, sorted. */
function packagesOf(files) {
  const names = files.map(
    (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(file)?.[1],
  );
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/** The page travels alone, so the licences of what is in it travel inside. */
function licences(packages) {
  const parts = packages.map((name) => {
    const path = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    return `${name} ${version}, ${license}\n\n${licenceText(path, name).trim()}`;
  });
  const text = ['verify.html is part of Holdfast, Apache-2.0. It contains work of others:', ...parts].join(
    '\n\n',
  );
  // No comment may hold two hyphens in a row.
  return text.replaceAll('\r\n', '\n').replaceAll('--', '- -');
}

/** A text that ends the element it stands in, or that the parser would change, would not be what was hashed. */
function embeddable(text, name) {
  if (/<!--|\r|\0/.test(text) || new RegExp(`</?${name}`, 'i').test(text)) {
    throw new Error(`what was built holds what cannot stand in a <${name}> element`);
  }
  return text.trim();
}

function hashOf(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
