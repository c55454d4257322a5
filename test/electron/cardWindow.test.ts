import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { assistant } from '../../src/contract.ts';
import { connect } from '../../src/rpc.ts';
import { cardOptions, createCardWindow } from '../../electron/modules/cardWindow.ts';
import { cornerOf } from '../../electron/modules/cardPlace.ts';
import { startCore, type Core } from '../../electron/core.ts';
import type { Context } from '../../electron/context.ts';
import { until } from '../until.ts';
import { createFake } from './fake.ts';
import { noUpdates } from './noUpdates.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const entries = { core: file('./stubCore.ts'), llm: file('./stubChild.ts'), keys: file('./stubChild.ts') };

describe('the card’s own window', () => {
  let fake: ReturnType<typeof createFake> = undefined as never;
  let core: Core;
  afterEach(() => fake?.stop());

  async function start(platform: NodeJS.Platform = 'darwin') {
    fake = createFake();
    core = startCore({
      api: fake.api,
      entries,
      start: { demo: false, version: '0.1.0' },
      env: { PATH: process.env['PATH'] },
      onFailed: () => {},
      onShow: () => {},
      updates: noUpdates,
    });
    const context = {
      api: fake.api,
      page: '/nowhere',
      preload: '/preload.cjs',
      core: () => core,
      quitting: () => false,
    } as unknown as Context;
    createCardWindow(context, platform);
    await until('the core', () => core.state());
    const card = () => fake.windows.findLast((each) => !each.gone)!;
    return { card, ask: client(card) };
  }
  /** The card page's side of the channel. */
  function client(card: () => (typeof fake.windows)[number]) {
    return (channel: 'card.size' | 'card.typing' | 'card.copy' | 'models.pull', input: object) => {
      const { webContents } = card();
      let seen = webContents.sent.length;
      const peer = connect(assistant, {
        send: (message) =>
          webContents.ipc.emit(
            'beforehand',
            { sender: webContents, senderFrame: webContents.mainFrame },
            message,
          ),
        onMessage(listener) {
          const poll = setInterval(() => {
            for (; seen < webContents.sent.length; seen++) listener((webContents.sent[seen] as unknown[])[1]);
          }, 5);
          poll.unref();
        },
        onClose: () => {},
      });
      return peer.call(channel as 'card.size', input as { height: number });
    };
  }

  it('states every option: above all, no frame, no task bar, no focus, the main window’s protections', () => {
    expect(cardOptions('/preload.cjs', false)).toEqual({
      width: 360,
      height: 160,
      useContentSize: true,
      show: false,
      frame: false,
      transparent: false,
      hasShadow: true,
      resizable: false,
      movable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      focusable: false,
      acceptFirstMouse: true,
      title: 'Beforehand: suggestion',
      webPreferences: {
        preload: '/preload.cjs',
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        backgroundThrottling: false,
      },
    });
  });

  it('comes without the focus, bottom right of the display with the pointer, and goes when nothing is left', async () => {
    const { card, ask } = await start();
    expect(card().did).toEqual(['load app://beforehand/card.html']);
    fake.pointer.x = 2000;
    await ask('card.size', { height: 210 });
    await until('the card', () => card().visible);
    expect(card().did.slice(1)).toEqual(['workspaces true false', 'top true floating', 'showInactive']);
    expect(card().bounds).toEqual({ x: 2824, y: 854, width: 360, height: 210 });
    await ask('card.size', { height: 5000 });
    expect(card().bounds).toEqual({ x: 2824, y: 16, width: 360, height: 1048 });
    await ask('card.size', { height: 0 });
    expect(card().visible).toBe(false);
    expect(card().did).not.toContain('focus');
  });

  it('moves when its monitor is taken away, and stays where the pointer leaves it', async () => {
    const { card, ask } = await start();
    fake.pointer.x = 2000;
    await ask('card.size', { height: 200 });
    await until('the card', () => card().visible);
    fake.pointer.x = 10;
    await ask('card.size', { height: 220 });
    expect(card().bounds?.x).toBe(2824);
    fake.displays.pop();
    fake.screen.emit('display-removed');
    expect(card().bounds).toEqual({ x: 904, y: 564, width: 360, height: 220 });
  });

  it('covers a full screen only where the person lets cards come then', async () => {
    const { card, ask } = await start();
    await ask('models.pull', { alias: 'over' });
    await ask('card.size', { height: 200 });
    await until('the card', () => card().visible);
    expect(card().did).toEqual(expect.arrayContaining(['workspaces true true', 'top true screen-saver']));
  });

  it('takes the focus to be typed in, and only then', async () => {
    const { card, ask } = await start();
    await ask('card.size', { height: 200 });
    await until('the card', () => card().visible);
    await ask('card.typing', { typing: true });
    expect(card().did.slice(-2)).toEqual(['focusable true', 'focus']);
    await ask('card.typing', { typing: false });
    expect(card().did.slice(-2)).toEqual(['focusable false', 'blur']);
  });

  it('on Linux, where focus is fixed at birth, is made anew to be typed in and again afterwards', async () => {
    const { card, ask } = await start('linux');
    await ask('card.size', { height: 200 });
    await until('the card', () => card().visible);
    const first = card();
    void ask('card.typing', { typing: true });
    await until('another window', () => card() !== first);
    expect([first.gone, card().options['focusable'], card().did]).toEqual([
      true,
      true,
      ['load app://beforehand/card.html#edit'],
    ]);
    await ask('card.size', { height: 230 });
    await until('the card', () => card().visible);
    expect(card().did).toContain('show');
    await ask('card.typing', { typing: false });
    const second = card();
    void ask('card.size', { height: 0 });
    await until('the one without focus', () => card() !== second);
    expect(card().options['focusable']).toBe(false);
  });

  it('copies for its page, which has no focus and so no clipboard', async () => {
    const { ask } = await start();
    expect(await ask('card.copy', { text: 'a < b', html: '<p>a &lt; b</p>' })).toEqual({ copied: true });
    expect(fake.copied).toMatchObject([{ items: { 'text/plain': 'a < b', 'text/html': '<p>a &lt; b</p>' } }]);
  });

  it('hides what a dead core had offered, and is made again after a crash of its page', async () => {
    const { card, ask } = await start();
    await ask('card.size', { height: 200 });
    await until('the card', () => card().visible);
    await ask('models.pull', { alias: 'crash' }).catch(() => null);
    await until('it is hidden', () => !card().visible);
    const first = card();
    first.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await until('another page', () => card() !== first);
  });
});

it('a work area smaller than the card is filled and never left', () => {
  expect(cornerOf({ x: 0, y: 0, width: 300, height: 200 }, 400)).toEqual({
    x: 0,
    y: 16,
    width: 300,
    height: 168,
  });
  expect(cornerOf({ x: -1920, y: -50, width: 1920, height: 1080 }, 150.4)).toEqual({
    x: -376,
    y: 863,
    width: 360,
    height: 151,
  });
});
