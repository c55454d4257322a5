import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NotifyPort } from '../../src/model/ports.ts';
import { createDbusNotify } from '../../src/ports/notify.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { startDisplay, type Display } from './display.ts';
import { clickNote, startSession, type Session } from './session.ts';

needs(['Xvfb', 'openbox', 'xdotool', 'dbus-daemon', 'xfce4-notifyd'], 'a note on a real desktop', () => {
  let display: Display;
  let session: Session;
  let notify: NotifyPort;

  beforeAll(async () => {
    display = await startDisplay();
    session = await startSession(display);
    notify = createDbusNotify({ appName: 'Beforehand', address: session.address });
  });
  afterAll(async () => {
    await notify?.close();
    await session?.stop();
    await display?.stop();
  });

  const show = async () => {
    const heard: string[] = [];
    const shown = await notify.show({
      title: 'Search for the error?',
      body: 'third search for <b>it</b> & its like',
      actions: [
        { key: 'default', label: 'Open' },
        { key: 'accept', label: 'Accept' },
        { key: 'later', label: 'Not now' },
        { key: 'dismiss', label: 'Dismiss' },
      ],
      onAction: (key) => heard.push(`action ${key}`),
      onClosed: (byUser) => heard.push(byUser ? 'closed by the user' : 'closed'),
    });
    return { heard, shown };
  };
  const gone = () =>
    until('the note to go', () =>
      display.call('xdotool', ['search', '--onlyvisible', '--name', '^xfce4-notifyd$']).then(
        () => false,
        () => true,
      ),
    );

  it.each(['accept', 'later', 'dismiss'] as const)('delivers a real click on %s, once', async (button) => {
    const { heard } = await show();
    await clickNote(display, button);
    await until('the answer', () => heard.length > 0);
    await gone();
    expect(heard).toEqual([`action ${button}`]);
  });

  // xfce4-notifyd 0.7 knows no default action: a click on the text only closes. Others may.
  it('tells a click beside the buttons as closed by the user', async () => {
    const { heard } = await show();
    await clickNote(display, 'body');
    await until('the answer', () => heard.length > 0);
    expect(heard).toEqual(['closed by the user']);
    await gone();
  });

  it('takes a note away without telling that it was closed', async () => {
    const { heard, shown } = await show();
    await until('a note', () =>
      display.call('xdotool', ['search', '--onlyvisible', '--name', '^xfce4-notifyd$']).catch(() => ''),
    );
    await shown.close();
    await gone();
    expect(heard).toEqual([]);
  });

  it('outlives the daemon: what was shown counts as closed, and the next note can be answered', async () => {
    const { heard } = await show();
    await session.restartNotifications();
    await until('the loss', () => heard.length > 0);
    expect(heard).toEqual(['closed']);
    const next = await show();
    await clickNote(display, 'accept');
    await until('the answer', () => next.heard.length > 0);
    expect(next.heard).toEqual(['action accept']);
  });
});
