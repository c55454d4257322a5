import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walk } from '../../scripts/moduleGraph.mjs';
import { ENTRIES } from '../../scripts/packaging.mjs';
import { billOfMaterials } from '../../scripts/sbom.mjs';
import { layOut, NATIVE, type Package } from './packaged.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What may lie in the archive, by where it lies. */
const OWN =
  /^(?:LICENSE|THIRD-PARTY\.md|package\.json|out\/main\/(?:chunks\/)?[\w-]+\.js|out\/preload\/preload\.cjs|out\/renderer\/(?:(?:index|card)\.html|assets\/[\w-]+\.(?:js|css|woff2|svg|png))|src\/assets\/(?:\w+\/)?[\w-]+\.jsonl?)$/;
/** Code, data that code reads, native code, and the words of those who wrote it. */
const THEIRS =
  /^node_modules\/.*(?:\.(?:[cm]?js|json|node|so|gbnf|wasm)|\.so\.[\d.]+|\/(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS|License|license|licence)[\w.-]*|\/(?:uuid|node-which|node-pre-gyp|Makefile|fs\.realpath\/LICENSE|lodash\.debounce\/LICENSE|index\.bnf|\.exports))$/;
const NEVER =
  /\.(?:tsx?|mts|cts|map|gguf|py|db|pem|env)$|^node_modules\/.*\.md$|^(?:test|training|docs|scripts|renderer|electron|build|shared)\/|^src\/(?!assets\/)|(?:^|\/)\.|\/node-(?:linux|win|darwin)-|\/(?:electron|vite|vitest|typescript|playwright-core)\//;

/** Native code that the program cannot do without on Linux. */
const NEEDED = [
  /^node_modules\/@node-llama-cpp\/linux-\w+\/bins\/.*\/llama-addon\.node$/,
  /^node_modules\/@node-llama-cpp\/linux-\w+\/bins\/.*\/libllama[\w.-]*\.so$/,
  /^node_modules\/better-sqlite3-multiple-ciphers\/prebuilds\/linux-\w+\.node$/,
  /^node_modules\/uiohook-napi\/prebuilds\/linux-\w+\/uiohook-napi\.node$/,
  /^node_modules\/@napi-rs\/keyring-linux-\w+-gnu\/keyring\.linux-\w+-gnu\.node$/,
];

describe('the package', () => {
  let packed: Package;
  let app: string;
  beforeAll(() => {
    packed = layOut();
    app = packed.extract();
  }, 240_000);
  afterAll(() => packed.remove());

  it('holds only what should be there', () => {
    const paths = packed.files.map((each) => each.path);
    expect(paths.filter((path) => NEVER.test(path))).toEqual([]);
    expect(paths.filter((path) => !(path.startsWith('node_modules/') ? THEIRS : OWN).test(path))).toEqual([]);
    expect([...new Set(paths.map((path) => path.split('/')[0]))].toSorted()).toEqual([
      'LICENSE',
      'THIRD-PARTY.md',
      'node_modules',
      'out',
      'package.json',
      'src',
    ]);
    for (const needed of ['package.json', 'out/renderer/index.html', 'src/assets/models.json', ...ENTRIES]) {
      expect(paths).toContain(needed);
    }
  });

  it('keeps native code of this system beside the archive, all of it and no other', () => {
    const native = packed.files.filter((each) => NATIVE.test(each.path));
    expect(native.filter((each) => !each.unpacked)).toEqual([]);
    for (const needed of NEEDED) expect(native.some((each) => needed.test(each.path))).toBe(true);
    const elsewhere = /darwin|win32|\bmac-|\bwin-|musl|\.dll$|\.exe$|loong64|riscv|armv7|cuda/;
    expect(native.filter((each) => elsewhere.test(each.path))).toEqual([]);
    const other = process.arch === 'x64' ? /arm64/ : /x64/;
    expect(native.filter((each) => other.test(each.path))).toEqual([]);
  });

  it('has everything that its files import', () => {
    const { files, missing, optional, hosts } = walk(ENTRIES.map((entry) => join(app, entry)));
    // node-llama-cpp names its binaries of every machine; those of others are not there, and it says which it takes.
    expect(missing.filter(({ name }) => !name.startsWith('@node-llama-cpp/'))).toEqual([]);
    expect(files.filter((file) => !file.startsWith(packed.folder))).toEqual([]);
    expect(hosts).toEqual(['electron']);
    expect(files.length).toBeGreaterThan(500);
    // A package of ours is never optional: only what the packages themselves can do without.
    expect(optional.filter(({ from }) => from.startsWith(join(app, 'out')))).toEqual([]);
  });

  it('runs: its main process starts its core, its log and its model process, from these files alone', () => {
    const home = join(packed.folder, 'home');
    const text = execFileSync(process.execPath, [join(root, 'test/ship/runPackaged.ts'), app], {
      encoding: 'utf8',
      cwd: '/',
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        BEFOREHAND_HOME: join(home, 'data'),
        MODEL: process.env['SHIP_MODEL'] ?? '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const result = JSON.parse(text.trim().split('\n').at(-1) ?? '') as {
      readonly native: readonly string[];
      readonly unfit: readonly string[];
      readonly forked: readonly string[];
    };
    expect(result).toMatchObject({ mode: 'live', page: 200, log: true, errors: [] });
    expect(result.forked).toContain('fork beforehand core');
    // What answers is the GGUF reader of node-llama-cpp, after llama.cpp itself was loaded.
    expect(result.unfit).toEqual(['unfit', expect.stringContaining('Invalid GGUF magic')]);
    const loaded = result.native.filter((path) => !path.includes('/node_modules/node-linux-'));
    expect(loaded.filter((path) => !path.startsWith(join(packed.unpacked, 'node_modules')))).toEqual([]);
    for (const name of ['llama-addon.node', 'prebuilds/linux', 'uiohook-napi.node', '@napi-rs/keyring']) {
      expect(loaded.some((path) => path.includes(name))).toBe(true);
    }
  });

  it('holds no package that the bill of materials does not name', () => {
    const bill = billOfMaterials({ serial: 'x', time: 'x' });
    const named = new Set(bill.components.map(({ name, version }) => `${name}@${version}`));
    const held = packed.files
      .filter(({ path }) => /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path))
      .map(
        ({ path }) => JSON.parse(readFileSync(join(app, path), 'utf8')) as { name: string; version: string },
      )
      .map(({ name, version }) => `${name}@${version}`);
    expect(held.length).toBeGreaterThan(50);
    expect(held.filter((each) => !named.has(each))).toEqual([]);
  });

  it('names its version, its links and its menu entry', () => {
    const about = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(about).toMatchObject({ name: 'beforehand', main: 'out/main/main.js', type: 'module' });
    // What only development needs is not told to anybody.
    expect(about['devDependencies']).toBeUndefined();
  });
});
