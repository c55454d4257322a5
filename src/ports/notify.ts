import { Message, Variant, type MessageBus } from 'dbus-next';
import { AppError } from '../errors.ts';
import type { NotifyPort } from '../model/ports.ts';
import { connectBus, dropBus, within } from '../dbus.ts';

const SERVICE = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
const BUS = 'org.freedesktop.DBus';

/** Milliseconds: a daemon that does not answer by then counts as absent. */
const LIMIT = 2000;

/** Milliseconds: longer than any suggestion stays, so that the note of a killed assistant goes by itself. */
const EXPIRE = 600_000;

/** NotificationClosed reason, Desktop Notifications Specification 1.2, section 9: 2 is dismissed by the user. */
const DISMISSED = 2;

type Note = Parameters<NotifyPort['show']>[0];
interface Shown {
  readonly note: Note;
  /** Unique bus name of the daemon that shows it: a signal from anybody else is not an answer. */
  readonly owner: string;
}
interface Connection {
  readonly bus: MessageBus;
  readonly shown: Map<number, Shown>;
  /** Signals that came while a Notify call was under way: its id is known only after its reply is handled. */
  readonly early: Message[];
  inFlight: number;
}

/** Text for a daemon that reads markup (`body-markup`), so that it shows exactly the characters given. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** For hosts and sessions without notifications. */
export function createNoNotify(): NotifyPort {
  return {
    available: async () => false,
    show: async () => ({ close: async () => {} }),
    close: async () => {},
  };
}

/**
 * Notifications over org.freedesktop.Notifications. Never hangs: each call has 2 s. Survives the daemon's death (its
 * notes count as closed, not by the user) and the bus's (connects again at the next call). `show` rejects with
 * `not-running` where no daemon answers. A daemon without buttons counts as absent: a note nobody can answer is noise.
 */
export function createDbusNotify(options: {
  readonly appName: string;
  readonly address?: string;
  readonly limitMs?: number;
}): NotifyPort {
  const limit = options.limitMs ?? LIMIT;
  let current: Promise<Connection> | null = null;
  let over = false;

  const connection = (): Promise<Connection> => {
    if (over) return Promise.reject(new AppError('not-running', '[notify] notifications are closed'));
    if (!current) {
      const opening = open(options.address, limit, () => {
        if (current === opening) current = null;
      });
      current = opening;
      opening.catch(() => {
        if (current === opening) current = null;
      });
    }
    return current;
  };

  const capabilities = async (bus: MessageBus): Promise<readonly string[]> => {
    const reply = await within(limit, bus.call(method('GetCapabilities')));
    const list: unknown = reply?.body[0];
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
  };

  return {
    async available() {
      try {
        return (await capabilities((await connection()).bus)).includes('actions');
      } catch {
        return false;
      }
    },
    async show(note) {
      let link: Connection;
      try {
        link = await connection();
      } catch (thrown) {
        throw unanswered(thrown);
      }
      link.inFlight += 1;
      try {
        const markup = (await capabilities(link.bus)).includes('body-markup');
        const reply = await within(limit, link.bus.call(notifyCall(options.appName, note, markup)));
        const id = Number(reply?.body[0]);
        link.shown.set(id, { note, owner: reply?.sender ?? '' });
        for (const signal of link.early) deliver(link, signal);
        return {
          async close() {
            // Forgotten first: a note closed from here was not closed by the user, and nobody waits for it.
            if (!link.shown.delete(id)) return;
            await within(limit, link.bus.call(method('CloseNotification', 'u', [id]))).catch(() => null);
          },
        };
      } catch (thrown) {
        throw unanswered(thrown);
      } finally {
        link.inFlight -= 1;
        if (link.inFlight === 0) link.early.length = 0;
      }
    },
    async close() {
      over = true;
      const link = await current?.catch(() => null);
      current = null;
      if (!link) return;
      const ids = [...link.shown.keys()];
      link.shown.clear();
      await within(
        limit,
        Promise.all(ids.map((id) => link.bus.call(method('CloseNotification', 'u', [id])))),
      ).catch(() => null);
      dropBus(link.bus);
    },
  };
}

function unanswered(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError('not-running', '[notify] no notification daemon answers on the session bus');
}

async function open(address: string | undefined, limit: number, onLost: () => void): Promise<Connection> {
  const shown = new Map<number, Shown>();
  const lose = (owner?: string) => {
    for (const [id, each] of shown) {
      if (owner !== undefined && each.owner !== owner) continue;
      shown.delete(id);
      each.note.onClosed(false);
    }
  };
  const bus = await connectBus(address, limit, () => {
    onLost();
    lose();
  });
  const link: Connection = { bus, shown, early: [], inFlight: 0 };
  bus.on('message', (message: Message) => {
    if (message.interface === BUS && message.member === 'NameOwnerChanged' && message.sender === BUS) {
      const [name, old] = message.body as string[];
      if (name === SERVICE && old) lose(old);
    } else if (message.interface === SERVICE && message.path === PATH) {
      if (link.inFlight > 0 && link.early.length < 256) link.early.push(message);
      deliver(link, message);
    }
  });
  const rules = [
    `type='signal',interface='${SERVICE}',path='${PATH}'`,
    `type='signal',sender='${BUS}',interface='${BUS}',member='NameOwnerChanged',arg0='${SERVICE}'`,
  ];
  for (const rule of rules) await within(limit, bus.call(method('AddMatch', 's', [rule], BUS)));
  return link;
}

/** Both signals are broadcast to every program: the id and the sender say whether it is ours. */
function deliver(link: Connection, signal: Message): void {
  const id: unknown = signal.body[0];
  const entry = typeof id === 'number' ? link.shown.get(id) : undefined;
  if (!entry || entry.owner !== signal.sender) return;
  if (signal.member === 'ActionInvoked') {
    const key: unknown = signal.body[1];
    if (!entry.note.actions.some((each) => each.key === key)) return;
    link.shown.delete(id as number);
    entry.note.onAction(key as string);
    // Not every daemon closes a note whose button was pressed.
    void link.bus.call(method('CloseNotification', 'u', [id])).catch(() => null);
  } else if (signal.member === 'NotificationClosed') {
    link.shown.delete(id as number);
    entry.note.onClosed(signal.body[1] === DISMISSED);
  }
}

function notifyCall(appName: string, note: Note, markup: boolean): Message {
  const body = plain(note.body);
  return method('Notify', 'susssasa{sv}i', [
    appName,
    0,
    '',
    plain(note.title),
    markup ? escapeMarkup(body) : body,
    note.actions.flatMap(({ key, label }) => [key, plain(label)]),
    {
      urgency: new Variant('y', 1),
      category: new Variant('s', 'presence'),
      // Not for the daemon's own history, which no forgetting reaches: cards and inbox have it.
      transient: new Variant('b', true),
    },
    EXPIRE,
  ]);
}

/** A D-Bus string holds no NUL, and the bus disconnects who sends one. */
function plain(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function method(member: string, signature = '', body: unknown[] = [], service = SERVICE): Message {
  const path = service === BUS ? '/org/freedesktop/DBus' : PATH;
  return new Message({ destination: service, path, interface: service, member, signature, body });
}
