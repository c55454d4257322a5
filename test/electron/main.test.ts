import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { assistant } from '../../src/contract.ts';
import { connect } from '../../src/rpc.ts';
import { runMain } from '../../electron/runMain.ts';
import { until } from '../until.ts';
import { createFake } from './fake.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const entries = { core: file('./stubCore.ts'), llm: file('./stubChild.ts'), keys: file('./stubChild.ts') };

describe('the main process', () => {
  let fake: ReturnType<typeof createFake>;
  const start = async (options: { readonly lock?: boolean } = {}) => {
    fake = createFake(options);
    await runMain({
      api: fake.api,
      page: '/nowhere',
      preload: '/preload.cjs',
      entries,
      args: [],
      env: { PATH: process.env['PATH'] },
      resources: '/nowhere',
      program: '/opt/beforehand',
      updater: () => Promise.reject(new Error('nobody chose it')),
    });
    return fake;
  };
  /** The page's side of the window's channel, sending as `frame`. */
  const page = (frame?: unknown) => {
    const contents = fake.windows[0]?.webContents;
    if (!contents) throw new Error('there is no window');
    let seen = 0;
    const client = connect(assistant, {
      send: (message) => {
        const event = { sender: contents, senderFrame: frame === undefined ? contents.mainFrame : frame };
        contents.ipc.emit('beforehand', event, message);
      },
      onMessage: (listener) => {
        const poll = setInterval(() => {
          for (; seen < contents.sent.length; seen++) listener((contents.sent[seen] as unknown[])[1]);
        }, 5);
        poll.unref();
      },
      onClose: () => {},
    });
    return { contents, client };
  };
  const heard = async (client: ReturnType<typeof page>['client']) =>
    (await client.call('privacy.sample', { source: 'window' })).stored;
  afterEach(() => fake.stop());

  it('leads the page to the core and back, and tells what happens', async () => {
    await start();
    const { client } = page();
    expect(await client.call('need.record', {})).toEqual({ observations: 3 });
    const beats: unknown[] = [];
    client.on('progress', (beat) => beats.push(beat));
    await until('an event of the core', () => beats.length > 0);
  });

  it('hears no other sender', async () => {
    await start();
    const { contents } = page();
    const message = { id: 1, channel: 'need.record', input: {} };
    const frame = (url: string) => ({ sender: contents, senderFrame: { url } });
    for (const event of [
      { sender: contents, senderFrame: null },
      frame('app://beforehand/'),
      frame('https://evil.example/'),
    ]) {
      contents.ipc.emit('beforehand', event, message);
    }
    for (const url of [
      'https://evil.example/',
      'app://other/',
      'file:///',
      'not a url',
      'app://beforehand.evil/',
    ]) {
      contents.mainFrame.url = url;
      contents.ipc.emit('beforehand', { sender: contents, senderFrame: contents.mainFrame }, message);
    }
    contents.mainFrame.url = 'app://beforehand/';
    contents.ipc.emit(
      'beforehand',
      { sender: contents, senderFrame: contents.mainFrame },
      { id: 2, channel: 'need.record', input: {}, padding: 'x'.repeat(70_000) },
    );
    expect(await page().client.call('need.record', {})).toEqual({ observations: 3 });
    const answers = contents.sent.filter((each) => (each as [string, { id?: number }])[1].id !== undefined);
    expect(answers).toHaveLength(1);
  });

  it('refuses input that the contract does not know, without asking the core', async () => {
    await start();
    const { client } = page();
    await expect(client.call('models.pull', { alias: 5 as never })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await expect(client.call('shell.run' as never, {} as never)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('starts a crashed core again, and says so meanwhile', async () => {
    await start();
    const { client } = page();
    await client.call('need.record', {});
    await expect(client.call('models.pull', { alias: 'crash' })).rejects.toMatchObject({
      code: 'not-running',
    });
    await until('the core to be back', () =>
      client.call('need.record', {}).then(
        () => true,
        () => false,
      ),
    );
    expect(fake.log.filter((each) => each === 'fork beforehand core')).toHaveLength(2);
  });

  it('names what keeps the core from starting, once, and ends', async () => {
    await start();
    await page()
      .client.call('models.pull', { alias: 'fail' })
      .catch(() => null);
    await until('the end', () => fake.log.includes('exit'));
    expect(fake.log).toContain('error Beforehand cannot start: [log] the log is damaged');
    expect(fake.log.filter((each) => each === 'fork beforehand core')).toHaveLength(1);
  });

  it('starts the core’s children, which talk with it directly; their crash is theirs', async () => {
    await start();
    const { client } = page();
    await client.call('models.pull', { alias: 'spawn' });
    await until('the echo', async () => (await heard(client)) === '{"echo":"early"}');
    await client.call('models.pull', { alias: 'child crash' });
    await until('the exit', async () => (await heard(client)).endsWith('|exit 3'));
    expect(fake.log.filter((each) => each === 'fork beforehand core')).toHaveLength(1);
    await client.call('models.pull', { alias: 'spawn' });
    await until('the next child', async () => (await heard(client)).endsWith('exit 3|{"echo":"early"}'));
    await client.call('models.pull', { alias: 'kill' });
    await until('its end', async () => /exit \d+$/.test((await heard(client)).slice(-7)));
  });

  it('lends the core notifications, idle time and the clipboard', async () => {
    await start();
    const { client } = page();
    await client.call('models.pull', { alias: 'notify' });
    await until('a note', () => fake.notes.length > 0);
    fake.notes[0]?.emit('action', { actionIndex: 1 });
    fake.notes[0]?.emit('close');
    await until('the answer', async () => (await heard(client)) === 'action dismiss');
    await client.call('models.pull', { alias: 'ask' });
    await until('the answers', async () =>
      (await heard(client)).endsWith('[42,["text/plain","text/html"],"copied"]'),
    );
  });

  it('quits within two seconds, core first', async () => {
    await start();
    await page().client.call('need.record', {});
    const exited = new Promise((resolve) => fake.workers[0]?.once('exit', resolve));
    fake.api.app.quit();
    await exited;
    await until('the end', () => fake.log.includes('exit'), 2000);
    expect(fake.log.filter((each) => each === 'fork beforehand core')).toHaveLength(1);
  });

  it('lets a second instance show the first one’s window', async () => {
    await start({ lock: false });
    expect(fake.log).toContain('quit');
    expect(fake.windows).toEqual([]);
    await start();
    fake.app.emit('second-instance');
    expect(fake.log).toEqual(expect.arrayContaining(['restore', 'show', 'focus']));
    // The window and its card.
    expect(fake.windows).toHaveLength(2);
  });

  it('shuts everything that a page could open', async () => {
    await start();
    const { contents } = page();
    expect(fake.log).toContain('sandbox');
    expect(contents.windowOpen()).toEqual({ action: 'deny' });
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      let prevented = false;
      contents.emit(name, { url: 'https://evil.example/', preventDefault: () => (prevented = true) });
      expect([name, prevented]).toEqual([name, true]);
    }
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'hid',
    ]) {
      const answers: unknown[] = [];
      const answer = (allowed: unknown) => answers.push(allowed);
      fake.permissions['request']?.(contents, permission, answer, { requestingUrl: 'app://beforehand/' });
      answers.push(fake.permissions['check']?.(contents, permission, 'app://beforehand'));
      expect([permission, ...answers]).toEqual([permission, false, false]);
    }
    const copy = 'clipboard-sanitized-write';
    expect(fake.permissions['check']?.(contents, copy, 'app://beforehand')).toBe(true);
    expect(fake.permissions['check']?.(contents, copy, 'https://evil.example')).toBe(false);
    expect(fake.permissions['check']?.(contents, copy, 'app://beforehand.evil')).toBe(false);
    expect(fake.permissions['device']?.({})).toBe(false);
    const cancelled: unknown[] = [];
    for (const url of [
      'app://beforehand/',
      'app://beforehand.evil/',
      'https://example.org/',
      'file:///etc/passwd',
    ]) {
      fake.permissions['fetch']?.({ url }, ({ cancel }: { cancel: boolean }) => cancelled.push(cancel));
    }
    expect(cancelled).toEqual([false, true, true, true]);
    let stopped = false;
    fake.session.emit('will-download', { preventDefault: () => (stopped = true) });
    expect(stopped).toBe(true);
  });

  it('states every protection of the window', async () => {
    await start();
    expect(fake.windows[0]?.options['webPreferences']).toEqual({
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
    });
    expect(fake.log).toContain('load app://beforehand/');
  });

  it('hides the window when it is closed, and keeps watching', async () => {
    await start();
    let prevented = false;
    fake.windows[0]?.emit('close', { preventDefault: () => (prevented = true) });
    expect([prevented, fake.log.includes('hide')]).toEqual([true, true]);
    fake.app.emit('window-all-closed');
    expect(fake.log).not.toContain('quit');
  });

  it('shows its state in the tray: by shape, in words, and in the menu', async () => {
    await start();
    const [tray] = fake.trays;
    expect(tray?.tip).toBe('Beforehand: starting again');
    const seen = new Map<string, string>();
    const note = async (words: string) => {
      await until(words, () => tray?.tip === words);
      seen.set(words, (tray?.image as { png: Buffer } | undefined)?.png.toString('hex') ?? '');
    };
    await note('Beforehand: watching, 1 of 1 source');
    const lengths = tray?.menu.find((each) => each.label === 'Pause')?.submenu?.map(({ label }) => label);
    expect(lengths).toEqual(['For 15 minutes', 'For an hour', 'Until tomorrow', 'Until I resume']);
    await page().client.call('capture.pause', { minutes: null });
    await note('Beforehand: paused until you resume');
    tray?.menu.find((each) => each.label === 'Resume')?.click?.();
    await note('Beforehand: watching, 1 of 1 source');
    await page().client.call('models.pull', { alias: 'wrong' });
    await note('Beforehand: something is wrong: clipboard: it does not answer');
    expect(new Set(seen.values()).size).toBe(3);
  });

  it('takes the keys that the core wants, tells it each press, and gives them back when it is gone', async () => {
    await start();
    const { client } = page();
    fake.held.add('CommandOrControl+Alt+Y');
    await client.call('models.pull', { alias: 'keys' });
    await until('the refusals', async () => (await heard(client)) !== '');
    expect(JSON.parse(await heard(client))).toEqual({
      'CommandOrControl+Alt+Y': {
        code: 'notLent',
        reason: 'the system did not lend Ctrl+Alt+Y: another program may hold it',
      },
      P: { code: 'noKey', reason: 'this keyboard has no key for P' },
    });
    expect([...fake.shortcuts.keys()]).toEqual(['CommandOrControl+Alt+P']);
    fake.shortcuts.get('CommandOrControl+Alt+P')?.();
    await until('the press', async () => (await heard(client)).endsWith('pressed CommandOrControl+Alt+P'));
    await client.call('models.pull', { alias: 'locked' });
    await until('the lock', async () => (await heard(client)).endsWith('locked true'));
    await client.call('models.pull', { alias: 'crash' }).catch(() => null);
    expect([...fake.shortcuts.keys()]).toEqual([]);
  });

  it('brings the window to the front at the place that the core names', async () => {
    await start();
    await page().client.call('models.pull', { alias: 'show' });
    await until('the window', () => fake.log.includes('focus'));
    expect(fake.log).toContain('load app://beforehand/#/suggestion/00000000-0000-4000-8000-000000000001');
  });
});
