import type { IpcMainEvent, WebContents } from 'electron';
import { assistant, type Assistant } from '../src/contract.ts';
import { isRequest, serve, type Handlers, type Publish } from '../src/rpc.ts';
import { createAllowance } from './allowance.ts';
import { isBounded } from './bounded.ts';
import { CHANNEL } from './channel.ts';
import { ORIGIN } from './modules/page.ts';

/** Calls of one page that may be under way at once; more wait for nothing and are refused. */
const UNDER_WAY = 128;

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

/** What a window's page may be told and asked for beside the contract; tests hand in their own time. */
export interface PageOptions {
  /** Called for each load of the page, once it has said something and so listens. */
  readonly onReady?: (publish: Publish<Assistant>) => void;
  /** Hears once for each flood that messages are dropped. */
  readonly onFlood?: () => void;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
}

/**
 * Serves the contract to one window's page: the one place where messages of a page come in. Each is dropped unless its
 * sender is our page, it is plain and small, and the page keeps to its allowance; the contract's schemas follow in
 * `serve`. The listener is registered on the window's own contents, so no other can reach it; each load of the page
 * gets a connection of its own, so that late answers never meet a new page.
 */
export function servePage(
  contents: WebContents,
  handlers: Handlers<Assistant>,
  subscribe: (publish: Publish<Assistant>) => () => void,
  options: PageOptions = {},
): void {
  const allowance = createAllowance(options.now ?? (() => performance.now()));
  let message: ((message: unknown) => void) | null = null;
  let close: (() => void) | null = null;
  let flooding = false;

  const connect = () => {
    close?.();
    const closes: (() => void)[] = [];
    let ready = false;
    let underWay = 0;
    const publish = serve(assistant, handlers, {
      send(reply) {
        if (isAnswer(reply)) underWay -= 1;
        if (!contents.isDestroyed()) contents.send(CHANNEL, reply);
      },
      onMessage: (listener) => {
        message = (data) => {
          if (!isRequest(data)) return;
          if (underWay >= UNDER_WAY) return refuse(data.id);
          underWay += 1;
          listener(data);
          if (!ready) {
            ready = true;
            options.onReady?.(publish);
          }
        };
      },
      onClose: (listener) => void closes.push(listener),
    });
    closes.push(subscribe(publish));
    close = () => closes.splice(0).forEach((listener) => listener());
  };
  const refuse = (id: number) => {
    const error = {
      code: 'refused',
      message: '[window] too many calls are under way: try again in a moment',
    };
    if (!contents.isDestroyed()) contents.send(CHANNEL, { id, error });
  };

  connect();
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) connect();
  });
  contents.on('destroyed', () => {
    message = null;
    close?.();
  });
  contents.ipc.on(CHANNEL, (event: IpcMainEvent, data: unknown) => {
    if (!isOurs(event)) return;
    if (!allowance.take()) {
      if (!flooding) options.onFlood?.();
      flooding = true;
      return;
    }
    flooding = false;
    if (isBounded(data)) message?.(data);
  });
}

/** An answer has its call's number; an event has none. */
function isAnswer(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && 'id' in reply;
}
