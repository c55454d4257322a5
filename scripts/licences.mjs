// `npm run licences`: writes THIRD-PARTY.md, the licences of everything that a package may hold: every production
// dependency of the lock file and every library that is bundled into the page. Ends with 1 on a licence that is not on the list.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build as viteBuild } from 'vite';
import { packageOf } from './moduleGraph.mjs';
import { root } from './setup.mjs';

/** SPDX names of licences under which a package may be handed on together with an Apache-2.0 program. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

/** What package.json says in another way, or not at all, read from the licence file by a person; with the version read. */
const READ = {
  '@nornagon/put': { said: 'MIT/X11', means: 'MIT' },
  ibantools: { said: 'MIT or MPL-2.0', means: 'MIT OR MPL-2.0' },
  jsbi: { said: undefined, means: 'Apache-2.0' },
  'map-stream': { said: undefined, means: 'MIT' },
  'pause-stream': { said: ['MIT', 'Apache2'], means: 'MIT OR Apache-2.0' },
  x11: { said: undefined, means: 'MIT' },
};

/** Works inside native modules that are no packages of their own. */
const INSIDE = `| work | inside | licence |
| --- | --- | --- |
| llama.cpp and ggml | node-llama-cpp | MIT |
| SQLite | better-sqlite3-multiple-ciphers | public domain |
| SQLite3 Multiple Ciphers | better-sqlite3-multiple-ciphers | MIT |
| libuiohook | uiohook-napi | LGPL-3.0-or-later |

libuiohook lies in a file of its own beside the program (\`resources/app.asar.unpacked/node_modules/uiohook-napi\`), is loaded at
run time and may be replaced by a changed one; its source is in the npm package \`uiohook-napi\` of the version above. The
licence's text stands at the end.`;

/** Whether an SPDX expression can be met by the allowed licences alone: one of each OR, all of each AND. */
export function isAllowed(expression) {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (/\bOR\b/.test(plain)) return plain.split(/\s+OR\s+/).some((each) => isAllowed(each));
  if (/\bAND\b/.test(plain)) return plain.split(/\s+AND\s+/).every((each) => isAllowed(each));
  return ALLOWED.has(plain);
}

/** Package folders, relative with slashes, whose code Vite puts into the page. */
export async function bundled() {
  const result = await viteBuild({
    configFile: join(root, 'renderer', 'vite.config.ts'),
    logLevel: 'silent',
    build: { write: false, minify: false },
  });
  const files = [result]
    .flat()
    .flatMap(({ output }) => output.flatMap((each) => Object.keys(each.modules ?? {})));
  const folders = files
    .map((file) => packageOf(file.replace(/^\0+/, '').replace(/\?.*$/, '')))
    .filter((each) => each !== null)
    .map((each) => relative(root, each).split(sep).join('/'));
  // Its style sheet is read by a plugin, so that it is no module of the page.
  return new Set([...folders, 'node_modules/tailwindcss']);
}

/** Libraries that the page may import; with all that they depend on. */
const PAGE = [
  '@tanstack/react-virtual',
  'cmdk',
  'lucide-react',
  'radix-ui',
  'react',
  'react-dom',
  'recharts',
  'tailwindcss',
  'zustand',
];

/** Folders of `names` and of everything they depend on, as Node would find them. */
function closure(names, packages) {
  const found = new Set();
  const waiting = names.map((name) => `node_modules/${name}`);
  while (waiting.length > 0) {
    const folder = waiting.pop();
    if (found.has(folder)) continue;
    found.add(folder);
    const { dependencies, peerDependencies, peerDependenciesMeta } = packages[folder] ?? {};
    const peers = Object.keys(peerDependencies ?? {}).filter(
      (name) => !peerDependenciesMeta?.[name]?.optional,
    );
    for (const name of [...Object.keys(dependencies ?? {}), ...peers]) {
      let holder = folder;
      while (holder !== '' && !packages[`${holder}/node_modules/${name}`]) {
        holder = holder.slice(0, Math.max(0, holder.lastIndexOf('/node_modules/')));
      }
      waiting.push(holder === '' ? `node_modules/${name}` : `${holder}/node_modules/${name}`);
    }
  }
  return found;
}

/** Every package that may be handed on, sorted: its name, version, licence and the texts that come with it. */
export function thirdParties() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const inPage = closure(PAGE, packages);
  const found = new Map();
  for (const [folder, about] of Object.entries(packages)) {
    if (folder === '' || (about.dev && !inPage.has(folder))) continue;
    const name = about.name ?? folder.slice(folder.lastIndexOf('node_modules/') + 13);
    // A package that an override replaced by an empty one holds nothing.
    if (name === 'empty-npm-package') continue;
    const own = join(root, folder);
    found.set(`${name}@${about.version}`, {
      name,
      version: about.version,
      licence: licenceOf(name, about.license),
      texts: existsSync(own) ? textsOf(own) : [],
      elsewhere: Boolean(about.os ?? about.cpu),
    });
  }
  return [...found.values()].toSorted((a, b) =>
    a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name),
  );
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function licenceOf(name, said) {
  const read = READ[name];
  if (read && JSON.stringify(read.said) === JSON.stringify(said)) return read.means;
  return typeof said === 'string' ? said : 'unknown';
}

function textsOf(folder) {
  return readdirSync(folder)
    .filter((name) => /^(?:licen[cs]e|copying|notice|copyright)/i.test(name) && !/\.[cm]?[jt]s$/.test(name))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

/** THIRD-PARTY.md; throws naming every package whose licence is not allowed. */
export function thirdPartyPage() {
  const all = thirdParties();
  const wrong = all.filter((each) => !isAllowed(each.licence));
  if (wrong.length > 0) {
    const names = wrong.map((each) => `${each.name}@${each.version} (${each.licence})`).join(', ');
    throw new Error(
      `[licences] not on the list of allowed licences: ${names}. Leave the package, or read its licence and add it to scripts/licences.mjs`,
    );
  }
  // What is made for one system is listed, but its text is its family's, so that the page is the same on every system.
  const byText = new Map();
  for (const each of all.filter(({ elsewhere }) => !elsewhere)) {
    const text = each.texts.join('\n\n');
    if (text !== '') byText.set(text, [...(byText.get(text) ?? []), `${each.name} ${each.version}`]);
  }
  const rows = all.map(
    ({ name, version, licence, texts, elsewhere }) =>
      `| ${name} | ${version} | ${licence} | ${elsewhere ? 'as its family' : texts.length > 0 ? 'below' : 'none in the package'} |`,
  );
  const fence = '````';
  const texts = [...byText]
    .toSorted(([, a], [, b]) => compare(a[0], b[0]))
    .map(([text, names]) => `### ${names.join(', ')}\n\n${fence}text\n${text}\n${fence}`);
  const lesser = ['LGPL-3.0', 'GPL-3.0'].map(
    (name) =>
      `### ${name}\n\n${fence}text\n${readFileSync(join(root, 'build', 'licences', `${name}.txt`), 'utf8').trim()}\n${fence}`,
  );
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  );
  return `# Third parties

Beforehand itself is under the Apache License 2.0 (\`LICENSE\`). This page names what else a package of it may hold: every
production dependency, for every system, and every library bundled into its page. Written by \`npm run licences\`.

Electron ${version} is under the MIT licence, and holds Chromium and Node.js with the works they use: each package has their
licences beside the program, in \`LICENSE.electron.txt\` and \`LICENSES.chromium.html\`.

## Works inside native modules

${INSIDE}

## Packages

| package | version | licence | text |
| --- | --- | --- | --- |
${rows.join('\n')}

## Texts

${texts.join('\n\n')}

${lesser.join('\n\n')}
`;
}

if (import.meta.main) {
  const file = join(root, 'THIRD-PARTY.md');
  try {
    writeFileSync(file, thirdPartyPage());
  } catch (thrown) {
    process.stderr.write(`${thrown.message}\n`);
    process.exitCode = 1;
  }
}
