import { afterEach, beforeEach, expect, it } from 'vitest';
import { Message, MessageType, sessionBus, Variant, type MessageBus } from 'dbus-next';
import { dropBus } from '../../src/dbus.ts';
import { createDbusScreen } from '../../src/ports/screen.ts';
import { needs } from '../needs.ts';
import { startBus, type PrivateBus } from './bus.ts';

/** The library's types leave out what is answered. */
const refusal = Message.newError as unknown as (to: Message, name: string, text: string) => Message;

/** What a stand-in answers; `silent` never does. */
type Says = boolean | 'silent' | 'error' | 'text';

needs(['dbus-daemon'], 'the screen as the desktop tells of it', () => {
  let session: PrivateBus;
  let system: PrivateBus;
  let open: MessageBus[] = [];
  let asked: string[] = [];
  beforeEach(async () => {
    [session, system] = await Promise.all([startBus(), startBus()]);
    [open, asked] = [[], []];
  });
  afterEach(async () => {
    for (const bus of open) dropBus(bus);
    await Promise.all([session.stop(), system.stop()]);
  });

  /** A service of that name on a real bus, which answers one question. */
  async function stand(on: PrivateBus, name: string, says: Says) {
    const bus = sessionBus({ busAddress: on.address });
    open.push(bus);
    bus.on('error', () => {});
    bus.addMethodHandler((call: Message) => {
      if (call.type !== MessageType.METHOD_CALL || call.destination !== name) return false;
      asked.push([call.path, call.interface, call.member, ...call.body].join(' '));
      const login = name === 'org.freedesktop.login1';
      if (says === 'error') bus.send(refusal(call, 'org.freedesktop.DBus.Error.Failed', 'no'));
      else if (says === 'text') bus.send(Message.newMethodReturn(call, 's', ['yes']));
      else if (says !== 'silent')
        bus.send(
          login
            ? Message.newMethodReturn(call, 'v', [new Variant('b', says)])
            : Message.newMethodReturn(call, 'b', [says]),
        );
      return true;
    });
    await new Promise((resolve) => bus.once('connect', resolve as () => void));
    await bus.requestName(name, 0);
  }
  const locked = () => createDbusScreen({ address: session.address, system: system.address }).locked();

  it('is told by nobody where nobody is there', async () => {
    expect(await locked()).toBeNull();
    await session.stop();
    expect(await locked()).toBeNull();
  });

  it.each([
    ['org.freedesktop.ScreenSaver', true, null, true],
    ['org.gnome.ScreenSaver', true, false, true],
    ['org.mate.ScreenSaver', false, null, false],
    ['org.freedesktop.ScreenSaver', false, true, true],
    ['org.freedesktop.ScreenSaver', 'error', false, false],
    ['org.freedesktop.ScreenSaver', 'text', null, null],
    ['org.freedesktop.ScreenSaver', 'silent', true, true],
  ] as const)('%s says %s, logind %s: %s', async (saver, says, login, answer) => {
    await stand(session, saver, says);
    if (login !== null) await stand(system, 'org.freedesktop.login1', login);
    expect(await locked()).toBe(answer);
    expect(asked).toContain(`/${saver.replaceAll('.', '/')} ${saver} GetActive`);
    const hint =
      '/org/freedesktop/login1/session/auto org.freedesktop.DBus.Properties Get org.freedesktop.login1.Session LockedHint';
    expect(asked.includes(hint)).toBe(login !== null);
  });
});
