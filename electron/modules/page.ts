import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { isPlainPath } from '../../src/server/door.ts';
import { isHashed, SECURITY_HEADERS } from '../../src/server/headers.ts';
import type { Module } from '../context.ts';

const SCHEME = 'app';
const HOST = 'beforehand';

/** Origin of the page in the desktop app. */
export const ORIGIN = `${SCHEME}://${HOST}`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Answers requests for the page's own files in `root`, by real path, and nothing else. */
export function createPageHandler(
  root: string,
): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  return async ({ url, method }) => {
    const { protocol, host, pathname, search } = new URL(url);
    if (`${protocol}//${host}` !== ORIGIN || search !== '' || !isPlainPath(pathname)) return refused(400);
    if (method !== 'GET') return refused(405);
    try {
      const home = await realpath(root);
      const file = await realpath(join(home, pathname === '/' ? 'index.html' : pathname));
      const type = TYPES[extname(file)];
      // A link that leads out of the folder is refused like a file that is not there.
      if (!file.startsWith(home + sep) || !type) return refused(404);
      const headers = {
        ...SECURITY_HEADERS,
        'Content-Type': type,
        ...(isHashed(file) ? { 'Cache-Control': 'public, max-age=31536000, immutable' } : {}),
      };
      return new Response(new Uint8Array(await readFile(file)), { headers });
    } catch {
      return refused(404);
    }
  };
}

function refused(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}

/** Serves the page from app://beforehand with its policy as a header; never from file://. */
export const page: Module = {
  name: 'page',
  early({ api }) {
    api.protocol.registerSchemesAsPrivileged([
      {
        scheme: SCHEME,
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  },
  enable({ api, page: root }) {
    const handler = createPageHandler(root);
    api.protocol.handle(SCHEME, (request) => handler(request as unknown as Request) as never);
  },
};
