import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Message, MessageType, sessionBus, type MessageBus } from 'dbus-next';
import type { NotifyPort } from '../../src/model/ports.ts';
import { dropBus } from '../../src/dbus.ts';
import { createDbusNotify, createNoNotify, escapeMarkup } from '../../src/ports/notify.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { startBus, type PrivateBus } from './bus.ts';

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';

/** A notification daemon that does what the test says. */
async function startDaemon(
  address: string,
  capabilities: string[] | null,
  early?: (id: number) => Message[],
) {
  const bus: MessageBus = sessionBus({ busAddress: address });
  bus.on('error', () => {});
  const notes: unknown[][] = [];
  const closed: number[] = [];
  let next = 40;
  bus.addMethodHandler((call: Message) => {
    if (call.type !== MessageType.METHOD_CALL || call.interface !== NAME) return false;
    if (call.member === 'GetCapabilities') {
      if (capabilities) bus.send(Message.newMethodReturn(call, 'as', [capabilities]));
    } else if (call.member === 'Notify') {
      next += 1;
      notes.push(call.body);
      bus.send(Message.newMethodReturn(call, 'u', [next]));
      for (const signal of early?.(next) ?? []) bus.send(signal);
    } else if (call.member === 'CloseNotification') {
      closed.push(call.body[0] as number);
      bus.send(Message.newMethodReturn(call, '', []));
    }
    return true;
  });
  await new Promise((resolve) => bus.once('connect', resolve as () => void));
  await bus.requestName(NAME, 0);
  return { bus, notes, closed, stop: () => dropBus(bus) };
}

const invoked = (id: number, key: string) => Message.newSignal(PATH, NAME, 'ActionInvoked', 'us', [id, key]);
const dismissed = (id: number, why = 2) =>
  Message.newSignal(PATH, NAME, 'NotificationClosed', 'uu', [id, why]);

describe('no notifications', () => {
  it('are not available and swallow what is shown', async () => {
    const none = createNoNotify();
    expect(await none.available()).toBe(false);
    const note = { title: '', body: '', actions: [], onAction: () => {}, onClosed: () => {} };
    await (await none.show(note)).close();
    await none.close();
  });

  it('are what a machine without a bus has, at once', async () => {
    const notify = createDbusNotify({ appName: 'test', address: 'unix:path=/nowhere/at/all' });
    expect(await notify.available()).toBe(false);
    const bad = createDbusNotify({ appName: 'test', address: 'nonsense' });
    expect(await bad.available()).toBe(false);
    await notify.close();
    await bad.close();
  });

  it('escapes exactly what markup would read', () => {
    expect(escapeMarkup('<b>a & "b"</b>')).toBe('&lt;b&gt;a &amp; "b"&lt;/b&gt;');
  });
});

needs(['dbus-daemon'], 'notifications over a private bus', () => {
  let bus: PrivateBus;
  let notify: NotifyPort;
  const stops: (() => void)[] = [];
  const daemon = async (...args: [string[] | null, ((id: number) => Message[])?]) => {
    const started = await startDaemon(bus.address, ...args);
    stops.push(started.stop);
    return started;
  };
  const show = async () => {
    const heard: unknown[] = [];
    const shown = await notify.show({
      title: 'Title\0',
      body: '<i>a</i> & b',
      actions: [
        { key: 'accept', label: 'Accept' },
        { key: 'dismiss', label: 'Dismiss' },
      ],
      onAction: (key) => heard.push(key),
      onClosed: (byUser) => heard.push(byUser),
    });
    return { heard, shown };
  };

  beforeEach(async () => {
    bus = await startBus();
    notify = createDbusNotify({ appName: 'Beforehand', address: bus.address, limitMs: 600 });
  });
  afterEach(async () => {
    await notify.close();
    for (const stop of stops.splice(0)) stop();
    await bus.stop();
  });

  it('asks the daemon to keep nothing of it in its own history', async () => {
    const { notes } = await daemon(['actions']);
    await show();
    expect(notes[0]?.[6]).toMatchObject({ transient: { value: true } });
  });

  it('is not available without a daemon, and is once one comes', async () => {
    expect(await notify.available()).toBe(false);
    await expect(show()).rejects.toMatchObject({ code: 'not-running' });
    await daemon(['actions']);
    expect(await notify.available()).toBe(true);
  });

  it('counts a daemon without buttons as none', async () => {
    await daemon(['body']);
    expect(await notify.available()).toBe(false);
  });

  it('gives up on a daemon that never answers', async () => {
    await daemon(null);
    expect(await notify.available()).toBe(false);
    await expect(show()).rejects.toMatchObject({ code: 'timeout' });
  });

  it('escapes the body only for a daemon that reads markup, and sends no NUL', async () => {
    const one = await daemon(['actions', 'body-markup']);
    await show();
    expect(one.notes[0]?.slice(3, 6)).toEqual([
      'Title',
      '&lt;i&gt;a&lt;/i&gt; &amp; b',
      ['accept', 'Accept', 'dismiss', 'Dismiss'],
    ]);
    one.stop();
    await until('the first daemon to be gone', async () => !(await notify.available()));
    const two = await daemon(['actions']);
    await show();
    expect(two.notes[0]?.[4]).toBe('<i>a</i> & b');
  });

  it('takes its own answers, and no other program’s', async () => {
    const real = await daemon(['actions']);
    const { heard } = await show();
    const stranger = sessionBus({ busAddress: bus.address });
    await new Promise((resolve) => stranger.once('connect', resolve as () => void));
    stops.push(() => dropBus(stranger));
    stranger.send(invoked(41, 'accept'));
    real.bus.send(invoked(40, 'accept'));
    real.bus.send(invoked(41, 'never-offered'));
    real.bus.send(invoked(41, 'dismiss'));
    real.bus.send(dismissed(41));
    await until('an answer', () => heard.length > 0);
    await until('the note to be closed', () => real.closed.includes(41));
    expect(heard).toEqual(['dismiss']);
  });

  it.each([
    [1, false],
    [2, true],
    [3, false],
    [4, false],
  ])('reads close reason %i as by the user: %s', async (why, byUser) => {
    const real = await daemon(['actions']);
    const { heard } = await show();
    real.bus.send(dismissed(41, why));
    await until('the end', () => heard.length > 0);
    expect(heard).toEqual([byUser]);
  });

  it('hears an answer that comes with the reply', async () => {
    await daemon(['actions'], (id) => [invoked(id, 'accept')]);
    const { heard } = await show();
    await until('the answer', () => heard.length > 0);
    expect(heard).toEqual(['accept']);
  });

  it('closes a note quietly, and all of them at the end', async () => {
    const real = await daemon(['actions']);
    const one = await show();
    const two = await show();
    await one.shown.close();
    await one.shown.close();
    await notify.close();
    expect(real.closed).toEqual([41, 42]);
    expect([...one.heard, ...two.heard]).toEqual([]);
    expect(await notify.available()).toBe(false);
  });

  it('survives the bus: its notes are closed, and it connects again', async () => {
    await daemon(['actions']);
    const { heard } = await show();
    await bus.stop();
    await until('the loss', () => heard.length > 0);
    expect(heard).toEqual([false]);
    expect(await notify.available()).toBe(false);
    bus = await startBus({ address: bus.address });
    await daemon(['actions']);
    expect(await notify.available()).toBe(true);
  });
});
