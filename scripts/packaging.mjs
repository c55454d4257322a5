// What a package holds: everything the built program reaches, and nothing else of node_modules.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { parse } from 'yaml';
import { packageOf, walk } from './moduleGraph.mjs';
import { node24, root } from './setup.mjs';

/** Where a packaged program starts: each file is the first of its process or thread. */
export const ENTRIES = [
  'out/main/main.js',
  'out/main/coreProcess.js',
  'out/main/llmProcess.js',
  'out/main/keysProcess.js',
  'out/main/logThread.js',
  'out/preload/preload.cjs',
];

/** Files that their package starts by a computed name, once the first of the pair is reached. */
const BY_NAME = [
  ['pino', 'node_modules/pino/lib/worker.js'],
  ['pino', 'node_modules/pino/file.js'],
  ['pino', 'node_modules/thread-stream/lib/worker.js'],
  ['pino', 'node_modules/pino-roll/pino-roll.js'],
];

/** Reached by a written name, and left out all the same: they are not built (no install script runs) and not needed. */
const NEVER = ['node_modules/usocket'];

/** Native files of other machines, as patterns of electron-builder, for a platform and processor in Node's words. */
export function foreign(platform, arch) {
  const llama = { darwin: 'mac', win32: 'win', linux: 'linux' }[platform];
  return [
    `!node_modules/@node-llama-cpp/!(${llama}-${arch}|${llama}-${arch}-vulkan|${llama}-${arch}-metal)/**`,
    `!node_modules/better-sqlite3-multiple-ciphers/prebuilds/!(${platform}-${arch}.node)`,
    `!node_modules/uiohook-napi/prebuilds/!(${platform}-${arch})/**`,
    ...(platform === 'darwin'
      ? [`!node_modules/active-win/lib/binding/!(*-${arch})/**`]
      : ['!node_modules/active-win/main', '!node_modules/active-win/lib/binding/*darwin*/**']),
  ];
}

/** Folders (relative, with slashes) of every package that the program needs at run time, their own packages included. */
export function reachedPackages(base = root) {
  const folders = (entries) =>
    new Set(
      walk(entries.map((each) => join(base, each)))
        .files.map((file) => packageOf(file))
        .filter((each) => each !== null)
        .map((each) => relative(base, each).split(sep).join('/')),
    );
  const first = folders(ENTRIES);
  const more = BY_NAME.filter(
    ([name, file]) => first.has(`node_modules/${name}`) && existsSync(join(base, file)),
  );
  return folders([...ENTRIES, ...more.map(([, file]) => file)]);
}

/**
 * Patterns that keep out every package that nothing reaches. By name alone: electron-builder lays packages out anew, so
 * that where one lies here says nothing about where it will lie there.
 */
export function unreached() {
  const nameOf = (folder) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const reached = new Set(
    [...reachedPackages()].filter((each) => !NEVER.includes(each)).map((each) => nameOf(each)),
  );
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const left = Object.keys(packages)
    .filter((each) => each !== '' && existsSync(join(root, each)))
    .map((each) => nameOf(each))
    .filter((each) => !reached.has(each));
  const scopes = Object.groupBy(new Set(left), (name) => dirname(name));
  return Object.entries(scopes).map(
    ([scope, all]) =>
      `!**/node_modules/${scope === '.' ? '' : `${scope}/`}@(${all.map((each) => basename(each)).join('|')})/**`,
  );
}

/** The configuration of electron-builder for this machine; `release` with what a release adds. */
export function configuration({ release, platform = process.platform, arch = process.arch }) {
  const read = (name) => parse(readFileSync(join(root, 'build', name), 'utf8'));
  const base = read('electron-builder.yml');
  const { extends: _, ...more } = release ? read('electron-builder.release.yml') : {};
  const merged = { ...base };
  for (const [key, value] of Object.entries(more)) {
    merged[key] = typeof value === 'object' && !Array.isArray(value) ? { ...base[key], ...value } : value;
  }
  // Without an address there is nowhere to look for updates, and a feed that leads nowhere is worse than none.
  if (release && !process.env.BEFOREHAND_UPDATES) merged.publish = null;
  if (release && process.env.APPLE_TEAM_ID) merged.mac = { ...merged.mac, notarize: true };
  return { ...merged, files: [...base.files, ...foreign(platform, arch), ...unreached()] };
}

/** A folder that electron-builder takes for a Linux Electron of the installed version: what it looks at, and no program. */
export function stubElectron(folder) {
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  );
  mkdirSync(join(folder, 'resources'), { recursive: true });
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\nexit 0\n');
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox'])
    writeFileSync(join(folder, name), '');
}

/** Runs electron-builder with a configuration; gives its exit code. Its words go to stderr. */
export function electronBuilder(config, args) {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-config-'));
  try {
    const file = join(folder, 'electron-builder.json');
    writeFileSync(file, JSON.stringify(config));
    const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
    const done = spawnSync(node24(), [cli, '--config', file, '--publish', 'never', ...args], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    return done.status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
