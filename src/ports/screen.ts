import { Message, Variant, type MessageBus } from 'dbus-next';
import { connectBus, dropBus, within } from '../dbus.ts';
import type { ScreenPort } from '../model/ports.ts';

/** Milliseconds: who does not say by then counts as not telling. */
const LIMIT = 500;

/** Where the system's bus is (D-Bus specification, well-known message bus instances). */
const SYSTEM = process.env['DBUS_SYSTEM_BUS_ADDRESS'] ?? 'unix:path=/var/run/dbus/system_bus_socket';

/** Screen savers that tell over the session bus whether they cover the screen: the common interface, GNOME's, MATE's. */
const SAVERS = ['org.freedesktop.ScreenSaver', 'org.gnome.ScreenSaver', 'org.mate.ScreenSaver'] as const;

/**
 * Asks the screen savers of the session, and logind for the session's `LockedHint`. One yes is enough; null where nobody
 * answers. Nothing is started by asking.
 */
export function createDbusScreen(
  options: { readonly address?: string; readonly system?: string } = {},
): ScreenPort {
  // A test's session bus alone asks nothing of the real system.
  const system = options.system ?? (options.address === undefined ? SYSTEM : undefined);
  return {
    async locked() {
      const answers = await Promise.all([
        onBus(
          () => connectBus(options.address, LIMIT, () => {}),
          (bus) => askSavers(bus),
        ),
        system === undefined ? null : onBus(() => connectBus(system, LIMIT, () => {}), askLogin),
      ]);
      if (answers.includes(true)) return true;
      return answers.includes(false) ? false : null;
    },
  };
}

async function onBus(
  open: () => Promise<MessageBus>,
  ask: (bus: MessageBus) => Promise<boolean | null>,
): Promise<boolean | null> {
  let bus: MessageBus | null = null;
  try {
    bus = await open();
    return await within(LIMIT, ask(bus));
  } catch {
    return null;
  } finally {
    if (bus) dropBus(bus);
  }
}

async function askSavers(bus: MessageBus): Promise<boolean | null> {
  const answers = await Promise.all(
    SAVERS.map(async (name) => {
      const reply = await bus
        .call(message(name, `/${name.replaceAll('.', '/')}`, name, 'GetActive', []))
        .catch(() => null);
      const active: unknown = reply?.body[0];
      return typeof active === 'boolean' ? active : null;
    }),
  );
  if (answers.includes(true)) return true;
  return answers.includes(false) ? false : null;
}

async function askLogin(bus: MessageBus): Promise<boolean | null> {
  const reply = await bus.call(
    message(
      'org.freedesktop.login1',
      '/org/freedesktop/login1/session/auto',
      'org.freedesktop.DBus.Properties',
      'Get',
      ['org.freedesktop.login1.Session', 'LockedHint'],
    ),
  );
  const hint: unknown = reply?.body[0];
  return hint instanceof Variant && typeof hint.value === 'boolean' ? hint.value : null;
}

function message(destination: string, path: string, to: string, member: string, body: string[]): Message {
  const call = new Message({
    destination,
    path,
    interface: to,
    member,
    signature: 's'.repeat(body.length),
    body,
  });
  // NO_AUTO_START (D-Bus specification, message format): a question must start no screen saver.
  call.flags = 2;
  return call;
}
