import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, asAppError } from '../../../errors.ts';
import { saysShared } from '../../holds/meeting.ts';
import { isOwn, NO_FOCUS, type Focus, type FocusListener } from '../../focus.ts';
import { reach, runtimeFolder, SESSION_MEND } from './wire.ts';

/** The protocol of i3 and sway (sway-ipc(7)): magic, then length and type of the payload, 32 bits each. */
const MAGIC = Buffer.from('i3-ipc');
const HEADER = MAGIC.length + 8;
const SUBSCRIBE = 2;
const GET_TREE = 4;
/** Events have the highest bit, answers the type of their request. */
const FIRST_EVENT = 0x80000000;
const WORKSPACE_EVENT = 0x80000000;
const WINDOW_EVENT = 0x80000003;
/** The tree of a thousand windows is below a megabyte. */
const LONGEST = 64 * 1024 * 1024;
/** A compositor that does not answer within this time will not. */
const ANSWER_MS = 5000;

/** The part of a window that is read. */
const Container = z.object({
  id: z.number().int(),
  name: z.string().nullish(),
  app_id: z.string().nullish(),
  focused: z.boolean(),
  /** 0: no, 1: its workspace, 2: all of them. */
  fullscreen_mode: z.number().optional().catch(undefined),
  pid: z.number().int().positive().optional().catch(undefined),
  window_properties: z.object({ class: z.string().nullish(), instance: z.string().nullish() }).nullish(),
});
type Container = z.infer<typeof Container>;

/** A branch of the tree. */
interface Node {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly type?: unknown;
  readonly focused?: unknown;
  readonly nodes?: unknown;
  readonly floating_nodes?: unknown;
}

const WindowEvent = z.object({ change: z.string(), container: Container });

/**
 * Sockets of sway to try: the one of the environment, then any in the runtime folder, newest first. A sway that was
 * killed and started again has another name for its socket than our environment knows.
 */
export function swaySockets(env: NodeJS.ProcessEnv): readonly string[] {
  const folder = runtimeFolder(env);
  const found: { readonly path: string; readonly at: number }[] = [];
  try {
    for (const name of readdirSync(folder)) {
      if (!/^sway-ipc\.\d+\.\d+\.sock$/.test(name)) continue;
      const path = join(folder, name);
      const about = statSync(path, { throwIfNoEntry: false });
      if (about?.isSocket()) found.push({ path, at: about.mtimeMs });
    }
  } catch {
    // No such folder: then the environment alone says it.
  }
  const others = found.toSorted((a, b) => b.at - a.at).map(({ path }) => path);
  return [...new Set([...(env['SWAYSOCK'] ? [env['SWAYSOCK']] : []), ...others])];
}

/** Watches the focused window by sway's IPC; null where no sway answers. Resolves once the present focus was told. */
export async function watchSway(
  env: NodeJS.ProcessEnv,
  listener: FocusListener,
): Promise<(() => Promise<void>) | null> {
  for (const path of swaySockets(env)) {
    const close = await watchSocket(path, listener).catch(() => null);
    if (close) return close;
  }
  return null;
}

async function watchSocket(path: string, listener: FocusListener): Promise<() => Promise<void>> {
  const gone = (why: string) =>
    new AppError('no-display', `[monitor:window] sway at ${path} ${why}`, undefined, SESSION_MEND);
  const socket = await reach(path, (why) => gone(`cannot be reached: ${why}`));
  let over = false;
  let told = '';
  const { promise: seen, resolve: first } = Promise.withResolvers<void>();
  const answers: ((answer: unknown) => void)[] = [];
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => {});

  const end = (error: AppError, tell: boolean) => {
    if (over) return;
    over = true;
    socket.destroy();
    fail(error);
    // Before the first focus was told, the opening rejects instead.
    if (tell && told) listener.died(error);
  };
  const request = (type: number, payload: string, answer: (body: unknown) => void) => {
    const head = Buffer.alloc(HEADER);
    MAGIC.copy(head);
    head.writeUInt32LE(Buffer.byteLength(payload), MAGIC.length);
    head.writeUInt32LE(type, MAGIC.length + 4);
    answers.push(answer);
    socket.write(Buffer.concat([head, Buffer.from(payload)]));
  };
  /** Windows that say that the screen is shared. */
  const bars = new Set<number>();
  const bar = (change: string, { id, name }: Node) => {
    if (typeof id !== 'number') return;
    if (change !== 'close' && typeof name === 'string' && saysShared(name)) bars.add(id);
    else bars.delete(id);
  };
  const complete = (focus: Focus): Focus => (bars.size > 0 ? { ...focus, sharing: true } : focus);
  const tell = (seen: Focus) => {
    const focus = complete(seen);
    const now = JSON.stringify(focus);
    if (over || now === told) return;
    told = now;
    listener.changed(focus);
    first();
  };
  // Answers and events share one stream: a tree knows of every event before it, and must be told before every event
  // behind it. So it is read in the very turn in which it comes, and one that is under way need not be asked for again.
  let looking = false;
  const refresh = () => {
    if (looking) return;
    looking = true;
    request(GET_TREE, '', (tree) => {
      looking = false;
      for (const each of containers(tree)) bar('title', each);
      tell(focusOf(focused(tree)));
    });
  };

  const take = (type: number, body: unknown) => {
    if (type < FIRST_EVENT) answers.shift()?.(body);
    else if (type === WORKSPACE_EVENT) refresh();
    else if (type === WINDOW_EVENT) {
      const { change, container } = WindowEvent.parse(body);
      bar(change, container);
      if ((change === 'focus' || change === 'title') && container.focused) tell(focusOf(container));
      // What has the focus after a close or a move, only the tree tells.
      else if (change !== 'title') refresh();
    }
  };

  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    try {
      for (;;) {
        if (over || rest.length < HEADER) return;
        const length = rest.readUInt32LE(MAGIC.length);
        if (!rest.subarray(0, MAGIC.length).equals(MAGIC) || length > LONGEST) {
          throw gone('speaks something else than the IPC of sway');
        }
        if (rest.length < HEADER + length) return;
        const type = rest.readUInt32LE(MAGIC.length + 4);
        const body = rest.subarray(HEADER, HEADER + length).toString('utf8');
        rest = rest.subarray(HEADER + length);
        take(type, JSON.parse(body));
      }
    } catch (thrown) {
      end(asAppError(thrown, 'no-display', 'monitor:window'), true);
    }
  });
  socket.on('error', () => end(gone('is gone'), true));
  socket.on('close', () => end(gone('is gone'), true));

  const timer = setTimeout(() => end(gone('does not answer'), false), ANSWER_MS);
  try {
    const subscribed = new Promise<void>((resolve) =>
      request(SUBSCRIBE, '["window","workspace"]', () => resolve()),
    );
    await Promise.race([failed, subscribed]);
    refresh();
    await Promise.race([failed, seen]);
  } finally {
    clearTimeout(timer);
  }
  listener.proves?.({
    proof: 'the window in front and its title, asked for anew, are those that were told',
    async run() {
      // Compared in the moment of the answer, which comes behind every event of before it.
      const heard = await Promise.race([
        failed,
        new Promise<boolean>((resolve) => {
          request(GET_TREE, '', (tree) =>
            resolve(looking || JSON.stringify(complete(focusOf(focused(tree)))) === told),
          );
        }),
      ]);
      if (heard) return { ok: true };
      const reason =
        'another window or title is in front than was told, so sway does not tell changes any more';
      return { ok: false, restart: true, reason };
    },
  });
  return async () => {
    end(gone('was let go'), false);
    if (!socket.closed) await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  };
}

/** The focused window of a tree; null when nothing or an empty workspace has the focus. */
export function focused(tree: unknown): Container | null {
  for (const node of containers(tree)) {
    if (node.focused === true) return Container.safeParse(node).data ?? null;
  }
  return null;
}

/** Every window of a tree, and what only holds windows. */
function* containers(tree: unknown): Generator<Node> {
  const waiting: unknown[] = [tree];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const node = next as Node;
    if (node.type === 'con' || node.type === 'floating_con') yield node;
    for (const list of [node.nodes, node.floating_nodes]) if (Array.isArray(list)) waiting.push(...list);
  }
}

/** A container as the focus; programs under XWayland carry their window class instead of an app id. */
export function focusOf(container: Container | null): Focus {
  if (!container) return NO_FOCUS;
  const { class: kind, instance } = container.window_properties ?? {};
  const app = (container.app_id || kind || instance || '').trim();
  return {
    window: container.id,
    own: isOwn(app, instance ?? undefined),
    ...(app && { app }),
    ...(container.name && { title: container.name }),
    ...(container.pid !== undefined && { pid: container.pid }),
    ...((container.fullscreen_mode ?? 0) > 0 && { fullScreen: true as const }),
  };
}
