import { AppError } from '../src/errors.ts';
import type { Transport } from '../src/rpc.ts';

/** What Electron's preload lends the page: one pipe of messages to the core. */
export type Preload = Transport;

const IN_ADDRESS = /^#token=([\w.~-]+)((?:\/[\w-]+){0,2})$/;

/**
 * The pipe through Electron's preload. The preload has no way to take a listener back, so the page listens once and
 * hands messages to whichever connection is the latest; a connection counts once the core answered something.
 */
export function openDesktop(preload: Preload): () => Promise<Transport> {
  let onMessage: ((message: unknown) => void)[] = [];
  let onClose: (() => void)[] = [];
  preload.onMessage((message) => onMessage.forEach((listener) => listener(message)));
  preload.onClose(() => {
    const closing = onClose;
    onClose = [];
    closing.forEach((listener) => listener());
  });
  return () =>
    new Promise((resolve, reject) => {
      const transport: Transport = {
        send: (message) => preload.send(message),
        onMessage: (listener) => void onMessage.push(listener),
        onClose: (listener) => void onClose.push(listener),
      };
      const late = setTimeout(
        () => reject(new AppError('not-running', '[window] the assistant does not answer')),
        3000,
      );
      onClose = [];
      onMessage = [
        (message) => {
          // Electron's main answers for a core that is not there with an error: that is no core.
          if (typeof message !== 'object' || message === null || 'error' in message) return;
          clearTimeout(late);
          onMessage = [];
          resolve(transport);
        },
      ];
      // Request 0 is outside the numbers of rpc.ts; any answer shows that the core is there.
      preload.send({ id: 0, channel: 'settings.get', input: {} });
    });
}

/**
 * A WebSocket to this origin, after the one-time token of the address was exchanged for a cookie and `ready` has resolved:
 * whoever takes the pipe must be there when its first message comes.
 */
export function openSocket(ready: () => Promise<unknown>): () => Promise<Transport> {
  let refused = false;
  return async () => {
    const [, token, place = ''] = IN_ADDRESS.exec(location.hash) ?? [];
    if (token) refused = !(await exchange(token, place));
    await ready();
    const address = new URL('/ws', location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true });
      const fail = () =>
        reject(
          new AppError(refused ? 'refused' : 'not-running', '[window] the assistant takes no connection'),
        );
      socket.addEventListener('close', fail, { once: true });
    });
    return over(socket);
  };
}

function over(socket: WebSocket): Transport {
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = parse(event.data);
        if (message !== undefined) listener(message);
      });
    },
    onClose(listener) {
      socket.addEventListener('close', () => listener(), { once: true });
    },
  };
}

/** The token leaves the address bar as soon as it was answered: it is worth nothing a second time. */
async function exchange(token: string, place: string): Promise<boolean> {
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  history.replaceState(null, '', location.pathname + location.search + (place && `#${place}`));
  return answer.ok;
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}
