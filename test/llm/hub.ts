import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the mock hub answers: it may cut, stall, refuse or change its file. */
export interface HubBehaviour {
  bytes: Buffer;
  etag: string | null;
  /** Cut the connection after so many bytes of a body, this many times. */
  cutAfter: number;
  cuts: number;
  /** Nothing beyond this byte of the file is ever sent. */
  stallAfter: number | null;
  /** Never begin to answer. */
  silent: boolean;
  status: number | null;
}

/** A hub on 127.0.0.1 with ranges, ETags and faults; `requests` are the ranges it was asked for. */
export async function createHub(bytes: Buffer) {
  const behaviour: HubBehaviour = {
    bytes,
    etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}"`,
    cutAfter: 0,
    cuts: 0,
    stallAfter: null,
    silent: false,
    status: null,
  };
  const requests: { readonly path: string; readonly range: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', range: request.headers.range });
    if (behaviour.silent) return;
    if (behaviour.status) {
      response.writeHead(behaviour.status).end('no');
      return;
    }
    const { bytes: all, etag } = behaviour;
    const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const fits = asked && (!request.headers['if-range'] || request.headers['if-range'] === etag);
    const from = fits ? Number(asked[1]) : 0;
    if (fits && from >= all.length) {
      response.writeHead(416).end();
      return;
    }
    response.writeHead(fits ? 206 : 200, {
      'content-length': all.length - from,
      ...(etag && { etag }),
      ...(fits && { 'content-range': `bytes ${from}-${all.length - 1}/${all.length}` }),
    });
    const body = all.subarray(from);
    if (behaviour.cuts > 0) {
      behaviour.cuts -= 1;
      response.write(body.subarray(0, behaviour.cutAfter), () => setTimeout(() => response.destroy(), 20));
    } else if (behaviour.stallAfter !== null) {
      response.flushHeaders();
      response.write(body.subarray(0, Math.max(0, behaviour.stallAfter - from)));
    } else response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behaviour,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
