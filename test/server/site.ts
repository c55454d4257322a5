import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { contract, type Assistant } from '../../src/contract.ts';
import type { Clock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import type { Handlers, Publish } from '../../src/rpc.ts';
import { startServer } from '../../src/server/server.ts';

function tokenOf(url: string): string {
  return new URL(url).hash.replace('#token=', '');
}

/** A server with a small page and handlers that only count. */
export async function startSite(options: { readonly clock?: Clock } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'site-'));
  const paths = { ...createPaths({ env: { BEFOREHAND_HOME: home } }), page: join(home, 'page') };
  mkdirSync(join(paths.page, 'assets'), { recursive: true });
  writeFileSync(join(paths.page, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(paths.page, 'assets', 'main-AbCd_-12.js'), 'export {};');
  writeFileSync(join(paths.page, '.secret'), 'secret');
  writeFileSync(join(home, 'outside.txt'), 'secret');

  const called: string[] = [];
  const handlers = Object.fromEntries(
    Object.keys(contract).map((channel) => [
      channel,
      async () => {
        called.push(channel);
        if (channel === 'privacy.sample') return { stored: 's', never: 'n' };
        if (channel === 'answers.stop') await new Promise(() => {});
        return {};
      },
    ]),
  ) as unknown as Handlers<Assistant>;
  const pages = new Set<Publish<Assistant>>();
  const server = await startServer({
    paths,
    handlers,
    subscribe: (publish) => {
      pages.add(publish);
      return () => pages.delete(publish);
    },
    ...options,
  });
  const { port } = new URL(server.url);

  return {
    server,
    paths,
    pages,
    called,
    port: Number(port),
    base: `http://127.0.0.1:${port}`,
    tokenOf,
    /** Exchanges a token as the page does; gives the status and the cookie. */
    async enter(token = tokenOf(server.freshUrl())) {
      const answer = await fetch(`http://127.0.0.1:${port}/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: `http://127.0.0.1:${port}` },
        body: JSON.stringify({ token }),
      });
      const line = answer.headers.get('set-cookie') ?? '';
      return { status: answer.status, line, cookie: line.split(';')[0] ?? '' };
    },
    /** Opens a WebSocket; rejects with the status when it is refused. */
    socket(cookie: string, headers: Readonly<Record<string, string>> = {}, path = '/ws') {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
        headers: { Cookie: cookie, Origin: `http://127.0.0.1:${port}`, ...headers },
      });
      return new Promise<WebSocket>((resolve, reject) => {
        socket.once('open', () => resolve(socket));
        socket.once('unexpected-response', (_, answer) => reject(new Error(String(answer.statusCode))));
        socket.once('error', reject);
      });
    },
    /** Writes bytes to the port and gives everything that comes back until the server closes or rests for `rest` ms. */
    raw(bytes: string | Buffer, rest = 3000) {
      return new Promise<string>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
        let got = '';
        socket.setTimeout(rest, () => socket.destroy());
        socket.on('data', (chunk) => (got += chunk.toString('latin1')));
        socket.on('error', () => {});
        socket.on('close', () => resolve(got));
      });
    },
    async stop() {
      await server.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What `startSite` gives. */
export type Site = Awaited<ReturnType<typeof startSite>>;
