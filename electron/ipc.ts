import type { IpcMainEvent, WebContents } from 'electron';
import { assistant, type Assistant } from '../src/contract.ts';
import { serve, type Handlers, type Publish } from '../src/rpc.ts';
import { CHANNEL } from './channel.ts';
import { ORIGIN } from './modules/page.ts';

/** Characters of one message from the page, as JSON. */
const MESSAGE_LIMIT = 64 * 1024;

/**
 * Whether a message comes from our page: the main frame, showing our origin. The frame is null once it has navigated
 * or gone, so this must be asked at once, not after an await.
 */
export function isOurs(event: Pick<IpcMainEvent, 'senderFrame' | 'sender'>): boolean {
  const frame = event.senderFrame;
  if (!frame || frame !== event.sender.mainFrame) return false;
  try {
    // `origin` of a URL with a custom scheme is "null", so scheme and host are compared.
    const { protocol, host } = new URL(frame.url);
    return `${protocol}//${host}` === ORIGIN;
  } catch {
    return false;
  }
}

/**
 * Serves the contract to one window's page. The listener is registered on the window's own contents, so no other can
 * reach it; each load of the page gets a connection of its own, so that late answers never meet a new page.
 */
export function servePage(
  contents: WebContents,
  handlers: Handlers<Assistant>,
  subscribe: (publish: Publish<Assistant>) => () => void,
): void {
  let message: ((message: unknown) => void) | null = null;
  let close: (() => void) | null = null;

  const connect = () => {
    close?.();
    const closes: (() => void)[] = [];
    const publish = serve(assistant, handlers, {
      send(reply) {
        if (!contents.isDestroyed()) contents.send(CHANNEL, reply);
      },
      onMessage: (listener) => {
        message = listener;
      },
      onClose: (listener) => void closes.push(listener),
    });
    closes.push(subscribe(publish));
    close = () => closes.splice(0).forEach((listener) => listener());
  };

  connect();
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) connect();
  });
  contents.on('destroyed', () => close?.());
  contents.ipc.on(CHANNEL, (event: IpcMainEvent, data: unknown) => {
    if (isOurs(event) && isSmall(data)) message?.(data);
  });
}

function isSmall(data: unknown): boolean {
  try {
    return (JSON.stringify(data) ?? '').length <= MESSAGE_LIMIT;
  } catch {
    return false;
  }
}
