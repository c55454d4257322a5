import { Message, MessageType, Variant, type MessageBus } from 'dbus-next';
import { connectBus, dropBus, sessionAddress, within } from '../../dbus.ts';
import { AppError } from '../../errors.ts';

/** An object on the accessibility bus: the application's connection and the path inside it. */
export interface Accessible {
  readonly sender: string;
  readonly path: string;
}

/** What an application said: `focused` is 1 or 0 in `detail`; window events have the name of the event. */
export interface AccessibleEvent extends Accessible {
  readonly kind: 'focused' | 'window' | 'name';
  readonly detail: number;
}

/** A connection to the accessibility bus. Every call has a time limit and rejects after it. */
export interface AccessibleBus {
  call(
    to: Accessible,
    face: string,
    member: string,
    signature?: string,
    body?: unknown[],
  ): Promise<unknown[]>;
  property(of: Accessible, face: string, name: string): Promise<unknown>;
  /** Process at the other end of a connection, as the bus knows it; 0 when it is gone. */
  pidOf(sender: string): Promise<number>;
  close(): void;
}

/** Names of the interfaces of AT-SPI 2 (at-spi2-core, xml/*.xml). */
export const FACE = {
  accessible: 'org.a11y.atspi.Accessible',
  document: 'org.a11y.atspi.Document',
} as const;

/** The registry: its root's children are the applications that speak AT-SPI. */
export const REGISTRY: Accessible = {
  sender: 'org.a11y.atspi.Registry',
  path: '/org/a11y/atspi/accessible/root',
};

/** Milliseconds that an application has for one answer. */
const CALL_MS = 1000;
const OPEN_MS = 2000;
/** Unique names are never used twice, so a pid may be remembered; this many are. */
const MOST_PIDS = 512;

const DBUS = 'org.freedesktop.DBus';
const DBUS_AT: Accessible = { sender: DBUS, path: '/org/freedesktop/DBus' };
const SAYER: Accessible = { sender: 'org.a11y.Bus', path: '/org/a11y/bus' };

/** Events that applications send only while somebody has registered for them. */
const WANTED = [
  'object:state-changed:focused',
  'object:property-change:accessible-name',
  'window:activate',
  'window:deactivate',
];
const RULES = [
  "type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='focused'",
  "type='signal',interface='org.a11y.atspi.Event.Object',member='PropertyChange',arg0='accessible-name'",
  "type='signal',interface='org.a11y.atspi.Event.Window'",
];

/**
 * Connects to the desktop's accessibility bus, whose address the session bus knows, and registers for what moves the
 * focus. With `enable` it also says to the desktop that an assistive technology is there (org.a11y.Status IsEnabled), as
 * screen readers do: browsers and Qt look at that when they start. Rejects with an AppError where there is none.
 */
export async function openAccessibleBus(
  env: NodeJS.ProcessEnv,
  options: {
    readonly enable: boolean;
    onEvent(event: AccessibleEvent): void;
    onLost(): void;
  },
): Promise<AccessibleBus> {
  const address = await addressOf(env, options.enable);
  const bus = await connectBus(address, OPEN_MS, options.onLost);
  const pids = new Map<string, number>();

  const link: AccessibleBus = {
    call: (to, face, member, signature = '', body = []) => ask(bus, to, face, member, signature, body),
    async property(of, face, name) {
      const body = await ask(bus, of, `${DBUS}.Properties`, 'Get', 'ss', [face, name]);
      return body[0] instanceof Variant ? (body[0].value as unknown) : undefined;
    },
    async pidOf(sender) {
      const before = pids.get(sender);
      if (before !== undefined) return before;
      const found = await ask(bus, DBUS_AT, DBUS, 'GetConnectionUnixProcessID', 's', [sender]).catch(() => [
        0,
      ]);
      const pid = Number(found[0]);
      if (pids.size >= MOST_PIDS) pids.clear();
      if (pid) pids.set(sender, pid);
      return pid;
    },
    close: () => dropBus(bus),
  };
  bus.on('message', (message: Message) => {
    const event = eventOf(message);
    if (event) options.onEvent(event);
  });
  try {
    for (const rule of RULES) await ask(bus, DBUS_AT, DBUS, 'AddMatch', 's', [rule]);
    const registry = { ...REGISTRY, path: '/org/a11y/atspi/registry' };
    for (const event of WANTED) {
      await ask(bus, registry, REGISTRY.sender, 'RegisterEvent', 's', [event]);
    }
    return link;
  } catch (thrown) {
    dropBus(bus);
    throw thrown;
  }
}

/** Asks the session bus, which starts the accessibility bus where it is installed. */
async function addressOf(env: NodeJS.ProcessEnv, enable: boolean): Promise<string> {
  const session = sessionAddress(env);
  if (!session) throw new AppError('not-running', '[accessibility] there is no session bus');
  const bus = await connectBus(session, OPEN_MS, () => {});
  try {
    const [address] = await ask(bus, SAYER, 'org.a11y.Bus', 'GetAddress', '', [], OPEN_MS);
    if (typeof address !== 'string' || address === '') {
      throw new AppError('not-running', '[accessibility] the accessibility service gave no address');
    }
    if (enable) {
      const value = ['org.a11y.Status', 'IsEnabled', new Variant('b', true)];
      await ask(bus, SAYER, `${DBUS}.Properties`, 'Set', 'ssv', value);
    }
    return address;
  } finally {
    dropBus(bus);
  }
}

async function ask(
  bus: MessageBus,
  to: Accessible,
  face: string,
  member: string,
  signature: string,
  body: unknown[],
  ms = CALL_MS,
): Promise<unknown[]> {
  const message = new Message({
    destination: to.sender,
    path: to.path,
    interface: face,
    member,
    signature,
    body,
  });
  const reply = await within(ms, bus.call(message));
  return reply?.body ?? [];
}

function eventOf(message: Message): AccessibleEvent | null {
  const { type, sender, path, member } = message;
  if (type !== MessageType.SIGNAL || !sender || !path) return null;
  const [what, detail] = message.body as unknown[];
  const rest = { sender, path, detail: Number(detail ?? 0) };
  if (message.interface === 'org.a11y.atspi.Event.Window') {
    return member === 'Activate' || member === 'Deactivate' ? { ...rest, kind: 'window' } : null;
  }
  if (message.interface !== 'org.a11y.atspi.Event.Object') return null;
  if (member === 'StateChanged' && what === 'focused') return { ...rest, kind: 'focused' };
  return member === 'PropertyChange' && what === 'accessible-name' ? { ...rest, kind: 'name' } : null;
}
