import { createHash } from 'node:crypto';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { createUpdates, type Updater } from '../../electron/ports/updates.ts';
import type { UpdateState } from '../../src/model/program.ts';
import { until } from '../until.ts';

// The library itself, its generic feed and its checks, against a feed on this machine. What it takes from Electron (the
// app and its network) stands in; what installs is not run, since it replaces the running program.
const require = createRequire(import.meta.url);
const { AppImageUpdater } = require('electron-updater') as {
  AppImageUpdater: new (options: unknown, app: unknown) => Updater & Record<string, unknown>;
};
const { HttpExecutor } = createRequire(require.resolve('electron-updater'))('builder-util-runtime') as {
  HttpExecutor: new () => object;
};

const home = mkdtempSync(join(tmpdir(), 'updates-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const program = Buffer.alloc(300_000, 'new program ');
let feed: { version: string; sha512: string; asked: string[] };
let server: Server;
let port: number;
let seen: UpdateState[];
let notes: string[];

beforeEach(async () => {
  seen = [];
  notes = [];
  feed = { version: '0.2.0', sha512: createHash('sha512').update(program).digest('base64'), asked: [] };
  server = createServer((request, response) => {
    const url = request.url ?? '';
    feed.asked.push(url.split('?')[0] ?? '');
    if (url.includes('latest-linux.yml')) {
      const file = `beforehand-${feed.version}.AppImage`;
      const lines = [
        `version: ${feed.version}`,
        'files:',
        `  - url: ${file}`,
        `    sha512: ${feed.sha512}`,
        `    size: ${program.length}`,
        `path: ${file}`,
        `sha512: ${feed.sha512}`,
        "releaseDate: '2026-11-24T00:00:00.000Z'",
      ];
      return response.end(`${lines.join('\n')}\n`);
    }
    if (url.endsWith('.AppImage')) return response.end(program);
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  delete process.env['APPIMAGE'];
  server.close();
});

/** The real updater over Node's network. */
function real(folder: string): Updater {
  class NodeExecutor extends HttpExecutor {
    createRequest(options: object, callback: (response: IncomingMessage) => void) {
      return get(options, callback);
    }
    async download(
      url: URL,
      destination: string,
      options: { cancellationToken: { createPromise: (job: unknown) => Promise<unknown> } },
    ) {
      return options.cancellationToken.createPromise(
        (resolve: (value: unknown) => void, reject: (error: unknown) => void, onCancel: unknown) => {
          (this as unknown as { doDownload(...values: unknown[]): void }).doDownload(
            {
              protocol: url.protocol,
              hostname: url.hostname,
              port: url.port,
              path: url.pathname + url.search,
            },
            {
              destination,
              options,
              onCancel,
              responseHandler: null,
              callback: (error: unknown) => (error ? reject(error) : resolve(destination)),
            },
            0,
          );
        },
      );
    }
  }
  const app = {
    version: '0.1.0',
    name: 'beforehand',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: join(folder, 'user'),
    baseCachePath: join(folder, 'cache'),
    whenReady: async () => {},
    quit() {},
    relaunch() {},
    onQuit() {},
  };
  process.env['APPIMAGE'] = join(folder, 'beforehand.AppImage');
  const updater = new AppImageUpdater(null, app);
  updater['httpExecutor'] = new NodeExecutor();
  updater['_appUpdateConfigPath'] = join(folder, 'local.yml');
  writeFileSync(
    join(folder, 'local.yml'),
    `provider: generic\nurl: http://127.0.0.1:${port}/\nupdaterCacheDirName: beforehand\n`,
  );
  updater['disableDifferentialDownload'] = true;
  return updater;
}

let count = 0;
async function start(options: { readonly packaged?: boolean; readonly feed?: string | null } = {}) {
  const folder = join(home, String(count++));
  mkdirSync(join(folder, 'user'), { recursive: true });
  if (options.feed !== null)
    writeFileSync(
      join(folder, 'app-update.yml'),
      options.feed ?? 'provider: generic\nurl: https://updates.example.org/beforehand/\n',
    );
  let loads = 0;
  let left = 0;
  const updates = createUpdates({
    packaged: options.packaged ?? true,
    resources: folder,
    now: () => 5,
    load: async () => {
      loads += 1;
      return real(folder);
    },
    note: (line) => notes.push(line),
    leave: async () => void (left += 1),
  });
  updates.onState((state) => seen.push(state));
  await updates.begin();
  return { updates, folder, loads: () => loads, left: () => left };
}
const settled = (updates: { state(): UpdateState }) =>
  until('an answer', () => !['checking', 'downloading'].includes(updates.state().state));

it.each<[string, { packaged?: boolean; feed?: string | null }, UpdateState]>([
  ['a checkout', { packaged: false }, { state: 'unavailable', why: 'checkout' }],
  ['a release without a feed', { feed: null }, { state: 'unavailable', why: 'no-feed' }],
  [
    'a feed without https',
    { feed: 'provider: generic\nurl: http://example.org/\n' },
    { state: 'unavailable', why: 'no-feed' },
  ],
  [
    'another provider',
    { feed: 'provider: github\nowner: x\nrepo: y\n' },
    { state: 'unavailable', why: 'no-feed' },
  ],
  ['a damaged feed', { feed: ':\n\t-' }, { state: 'unavailable', why: 'no-feed' }],
  ['a feed over https', {}, { state: 'newest', checkedAt: null }],
])('%s is told, and nothing is asked or loaded', async (_name, options, state) => {
  const { updates, loads } = await start(options);
  updates.download();
  updates.install();
  expect(updates.state()).toEqual(state);
  expect([loads(), feed.asked]).toEqual([0, []]);
});

it('a newer version is found, not downloaded; then downloaded, checked and ready, not installed', async () => {
  const { updates, left } = await start();
  updates.check();
  updates.check();
  await settled(updates);
  expect(updates.state()).toEqual({ state: 'found', version: '0.2.0', bytes: program.length });
  expect(feed.asked).toEqual(['/latest-linux.yml']);
  updates.install();
  updates.download();
  await settled(updates);
  expect(updates.state()).toEqual({ state: 'ready', version: '0.2.0' });
  expect(seen.map(({ state }) => state)).toEqual(
    expect.arrayContaining(['checking', 'found', 'downloading', 'ready']),
  );
  expect(feed.asked.at(-1)).toBe('/beforehand-0.2.0.AppImage');
  expect(left()).toBe(0);
});

it.each(['0.1.0', '0.0.9', '0.1.0-beta.1'])(
  '%s is no newer version: never offered, never gone back to',
  async (version) => {
    feed.version = version;
    const { updates } = await start();
    updates.check();
    await settled(updates);
    expect(updates.state()).toEqual({ state: 'newest', checkedAt: 5 });
  },
);

it('what is not what the feed promised is thrown away', async () => {
  feed.sha512 = createHash('sha512').update('another program').digest('base64');
  const { updates, folder } = await start();
  updates.check();
  await settled(updates);
  updates.download();
  await settled(updates);
  expect(updates.state()).toEqual({ state: 'failed', why: 'damaged' });
  const kept = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.AppImage'));
  expect(kept).toEqual([]);
  expect(notes.join()).not.toMatch(/127\.0\.0\.1|\//);
});

it('a feed that does not answer is said, and can be asked again', async () => {
  const { updates } = await start();
  server.close();
  server.closeAllConnections();
  updates.check();
  await settled(updates);
  expect([updates.state(), notes]).toEqual([
    { state: 'failed', why: 'offline' },
    [expect.stringContaining('[updates] failed')],
  ]);
});
