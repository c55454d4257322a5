import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AppError } from '../../src/errors.ts';
import type { Event } from '../../src/model/event.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { sessionOf } from '../../src/monitors/linux/session.ts';
import { createWaylandClipboard } from '../../src/monitors/linux/wayland/clipboard.ts';
import { createWaylandIdle } from '../../src/monitors/linux/wayland/idle.ts';
import { createPaste } from '../../src/monitors/linux/wayland/paste.ts';
import { focused, focusOf, swaySockets, watchSway } from '../../src/monitors/linux/wayland/sway.ts';
import { connectWayland } from '../../src/monitors/linux/wayland/wire.ts';
import { createMonitors } from '../../src/monitors/monitors.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { createNodeSpawn } from '../../src/ports/spawn.ts';
import { expectMissing } from '../suites/monitor.ts';
import { until } from '../until.ts';
import { startCompositor, type Request } from './compositor.ts';

const realGuard = () =>
  createGuard({ settings: () => Settings.parse({}), person: { home: '/home/ada', user: 'ada' } });

/** A folder with a `wl-paste` of the test's own. */
function paste(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'bin-'));
  writeFileSync(join(folder, 'wl-paste'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'wl-paste'), 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return `${folder}:/usr/bin:/bin`;
}

const monitorsOf = (env: NodeJS.ProcessEnv) => {
  const { monitors } = createMonitors({
    guard: realGuard(),
    clock: systemClock,
    spawn: createNodeSpawn({ env: {} }),
    settings: Settings.parse({ folders: [] }),
    platform: 'linux',
    env,
    home: tmpdir(),
  });
  return (name: string) => monitors.find((each) => each.name === name)!;
};

describe('the session', () => {
  it.each([
    [{ DISPLAY: ':0', XDG_SESSION_TYPE: 'x11', XDG_CURRENT_DESKTOP: 'GNOME' }, { kind: 'x11' }],
    [{ DISPLAY: ':0' }, { kind: 'x11' }],
    [{}, { kind: 'none' }],
    [{ XDG_SESSION_TYPE: 'tty' }, { kind: 'none' }],
    [
      {
        DISPLAY: ':0',
        WAYLAND_DISPLAY: 'wayland-0',
        XDG_SESSION_TYPE: 'wayland',
        XDG_CURRENT_DESKTOP: 'ubuntu:GNOME',
      },
      { kind: 'wayland', desktop: 'GNOME' },
    ],
    [
      { DISPLAY: ':0', XDG_SESSION_TYPE: 'wayland', XDG_CURRENT_DESKTOP: 'KDE' },
      { kind: 'wayland', desktop: 'KDE Plasma' },
    ],
    [
      { WAYLAND_DISPLAY: 'wayland-1', SWAYSOCK: '/run/user/1000/sway-ipc.1000.1.sock' },
      { kind: 'wayland', desktop: 'sway' },
    ],
    [
      { DISPLAY: ':1', WAYLAND_DISPLAY: 'wayland-1', HYPRLAND_INSTANCE_SIGNATURE: 'x' },
      { kind: 'wayland', desktop: 'Hyprland' },
    ],
    [
      { WAYLAND_DISPLAY: 'wayland-1', XDG_CURRENT_DESKTOP: 'labwc:wlroots' },
      { kind: 'wayland', desktop: 'labwc' },
    ],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, { kind: 'wayland', desktop: 'this compositor' }],
  ])('%j is %j', (env, session) => expect(sessionOf(env)).toEqual(session));
});

describe('a desktop that shows a program little', () => {
  it.each([
    ['GNOME', 'GNOME'],
    ['KDE', 'KDE Plasma'],
    ['', 'this compositor'],
  ])('says of each source in one sentence what %s lacks, and how to mend it', async (desktop, name) => {
    const { env } = await startCompositor(['wl_compositor', 'wl_seat', 'xdg_wm_base']);
    const source = monitorsOf({
      ...env,
      DISPLAY: ':0',
      XDG_CURRENT_DESKTOP: desktop,
      PATH: paste('exit 1'),
    });
    for (const each of ['window', 'idle', 'clipboard', 'keyboard']) {
      await expectMissing(source(each), 'missing-program');
      const { reason, mend } = source(each).health();
      expect(reason).toMatch(
        new RegExp(`^\\[monitor:${each}\\] under Wayland ${name} [^.;]+ \\(XWayland [^.;]+\\)$`),
      );
      expect(mend).toMatch(/X11 session/);
    }
    const stop = await source('files').start(() => {});
    expect(source('files').health().state).toBe('healthy');
    await stop();
  });

  it('names the package of a missing wl-paste, and no X11 mend where no compositor answers', async () => {
    const { env } = await startCompositor(['wl_seat', 'zwlr_data_control_manager_v1']);
    const here = monitorsOf({ ...env, PATH: '/nonexistent::relative' });
    await expectMissing(here('clipboard'), 'missing-program');
    expect(here('clipboard').health()).toMatchObject({
      reason: expect.stringContaining('wl-paste is not installed'),
      mend: 'install the package wl-clipboard',
    });
    const nowhere = monitorsOf({ ...env, WAYLAND_DISPLAY: 'wayland-8', PATH: paste('exit 1') });
    for (const each of ['window', 'idle', 'clipboard']) {
      await expectMissing(nowhere(each), 'no-display');
      expect(nowhere(each).health().mend).toContain('graphical session');
    }
  });

  it('counts copies where the window in front is shown to nobody (KDE Plasma): their kind, never their text', async () => {
    const requests: Request[] = [];
    const { env } = await startCompositor(
      ['wl_seat', 'ext_data_control_manager_v1', 'ext_idle_notifier_v1'],
      (request) => requests.push(request),
    );
    const source = monitorsOf({ ...env, XDG_CURRENT_DESKTOP: 'KDE', PATH: paste('echo secret') });
    const events: Event[] = [];
    const stop = await source('clipboard').start((event) => events.push(event));
    // Binding is a request of the registry (2); the third thing asked for is the device.
    const device = await until('the device', () => requests.find((each) => each.body.length === 8));
    const offer = 0xff000001;
    device.event(device.body.readUInt32LE(0), 0, offer);
    device.event(offer, 0, 'text/plain');
    device.event(device.body.readUInt32LE(0), 1, offer);
    await until('the copy', () => events.length === 1);
    expect(events[0]).toMatchObject({ kind: 'clipboard', data: { content: 'text', size: 0 } });
    expect(events[0]).not.toHaveProperty('app');
    await stop();
    const idle = await source('idle').start((event) => events.push(event));
    expect(source('idle').health().state).toBe('healthy');
    await idle();
  });
});

describe('the idle protocols', () => {
  it.each([
    ['ext_idle_notifier_v1', 1],
    ['org_kde_kwin_idle', 0],
  ])('asks %s for the time-out of a seat, in its order', async (name, opcode) => {
    const requests: Request[] = [];
    const { env } = await startCompositor(['wl_seat', name], (request) => requests.push(request));
    const told: string[] = [];
    const close = await createWaylandIdle(env).open(90_000, {
      away: (idle) => told.push(`away ${idle}`),
      back: () => told.push('back'),
      died: (error) => told.push(error.code),
    });
    const asked = requests.at(-1)!;
    const [object, ...args] = [0, 4, 8].map((at) => asked.body.readUInt32LE(at));
    expect(asked.opcode).toBe(opcode);
    expect(args.indexOf(90_000)).toBe(opcode === 1 ? 0 : 1);
    asked.event(object!, 0);
    asked.event(object!, 1);
    await until('both', () => told.length === 3);
    expect(told).toEqual(['back', 'away 90000', 'back']);
    await close();
  });
});

describe('a compositor that misbehaves', () => {
  const connect = (env: NodeJS.ProcessEnv, lost: AppError[] = []) =>
    connectWayland('monitor:window', env, (error) => lost.push(error));

  it('is refused where it speaks something else', async () => {
    const { env } = await startCompositor([], undefined, (socket) =>
      socket.write('HTTP/1.1 400 Bad Request\r\n'),
    );
    await expect(connect(env)).rejects.toMatchObject({ code: 'no-display' });
    const hung = await startCompositor([], undefined, (socket) => (socket.end(), true));
    await expect(connect(hung.env)).rejects.toMatchObject({ code: 'no-display' });
  });

  it('is told as lost once, with its reason, and every wait ends', async () => {
    const lost: AppError[] = [];
    const { env } = await startCompositor(['wl_seat'], ({ event }) => event(1, 0, 3, 7, 'no such thing'));
    const display = await connect(env, lost);
    display.bind('wl_seat', 1);
    await until('the loss', () => lost.length > 0);
    expect(lost[0]).toMatchObject({ code: 'no-display', message: expect.stringContaining('no such thing') });
    await expect(display.sync()).rejects.toMatchObject({ code: 'no-display' });
    await display.close();
    expect(lost).toHaveLength(1);
  });

  it('hears nothing of objects it does not know, and of types without end only the first', async () => {
    let ask!: Request;
    const { env } = await startCompositor(['wl_seat', 'zwlr_data_control_manager_v1'], (request) => {
      if (request.body.length === 8) ask = request;
    });
    const copies: (readonly string[] | null)[] = [];
    const close = await createWaylandClipboard({ ...env, PATH: paste('exit 1') }).open({
      copied: async (copied) => void copies.push(copied.targets),
      cleared: () => copies.push(null),
      left: () => {},
      missed: () => {},
      died: () => {},
    });
    const device = ask.body.readUInt32LE(0);
    ask.event(4242, 3, 'nobody');
    ask.event(device, 0, 0xff000001);
    for (let type = 0; type < 600; type++) ask.event(0xff000001, 0, `text/x-${type}`);
    ask.event(device, 1, 0xff000001);
    ask.event(device, 1, 0);
    await until('both', () => copies.length === 2);
    expect(copies[0]).toHaveLength(500);
    expect(copies[1]).toBeNull();
    await close();
  });
});

describe('reading by wl-paste', () => {
  const read = async (script: string, wanted = () => true) => {
    const pieces: Uint8Array[] = [];
    const ok = await createPaste({ PATH: paste(script) }).read(
      'text/plain',
      (piece) => pieces.push(piece),
      wanted,
    );
    return { ok, text: Buffer.concat(pieces).toString() };
  };

  it('hands on what it wrote, with no environment of ours but what it needs', async () => {
    process.env['BEFOREHAND_TEST_ONLY'] = 'ours';
    onTestFinished(() => void delete process.env['BEFOREHAND_TEST_ONLY']);
    const { ok, text } = await read('echo "$@"; env');
    expect(ok).toBe(true);
    expect(text).toMatch(/^--no-newline --type text\/plain\n/);
    expect(text).not.toContain('BEFOREHAND_TEST_ONLY');
  });

  it('gives up where it fails, hangs, or is not wanted any more', async () => {
    expect((await read('echo half; exit 1')).ok).toBe(false);
    const began = performance.now();
    expect((await read('exec sleep 60')).ok).toBe(false);
    expect(performance.now() - began).toBeGreaterThan(1500);
    expect(await read('yes', () => false)).toEqual({ ok: false, text: '' });
  });

  it('ends with its adapter', async () => {
    const reader = createPaste({ PATH: paste('exec sleep 60') });
    const reading = reader.read(
      'text/plain',
      () => {},
      () => true,
    );
    reader.stop();
    expect(await reading).toBe(false);
  });
});

describe('the IPC of sway', () => {
  const window = (id: number, more: object = {}) => ({
    id,
    type: 'con',
    name: `window ${id}`,
    app_id: 'foot',
    focused: false,
    nodes: [],
    floating_nodes: [],
    ...more,
  });

  it('finds the focused window in the tree, floating ones too, and none in an empty workspace', () => {
    const tree = (...nodes: object[]) => ({
      id: 1,
      type: 'root',
      focused: false,
      nodes: [
        { id: 2, type: 'workspace', focused: nodes.length === 0, nodes: [window(3)], floating_nodes: nodes },
      ],
    });
    expect(focusOf(focused(tree(window(9, { type: 'floating_con', focused: true }))))).toEqual({
      window: 9,
      own: false,
      app: 'foot',
      title: 'window 9',
    });
    expect(focusOf(focused(tree()))).toEqual({ window: 0, own: false });
    for (const odd of [null, 3, {}, { focused: true, type: 'con' }, { nodes: 'x' }])
      expect(focused(odd)).toBeNull();
  });

  it('names programs under XWayland by their class, and knows our own window', () => {
    const of = (more: object) => focusOf(focused(window(5, { focused: true, ...more })));
    expect(of({ app_id: null, window_properties: { class: 'Gimp', instance: 'gimp' } })).toMatchObject({
      app: 'Gimp',
    });
    expect(of({ app_id: null, name: null })).toEqual({ window: 5, own: false });
    expect(of({ app_id: 'beforehand' })).toMatchObject({ own: true });
  });

  it('passes by sockets where nobody or somebody else answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sway-'));
    const path = join(folder, 'sway-ipc.1000.77.sock');
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.resume();
      socket.write('SSH-2.0-OpenSSH_9.2p1\r\n');
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(async () => {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    });
    const env = { XDG_RUNTIME_DIR: folder, SWAYSOCK: join(folder, 'sway-ipc.1000.12.sock') };
    expect(swaySockets(env)).toEqual([env.SWAYSOCK, path]);
    expect(await watchSway(env, { changed() {}, died() {} })).toBeNull();
    expect(swaySockets({ XDG_RUNTIME_DIR: '/nonexistent' })).toEqual([]);
  });

  it('takes a tree and the events around it in their order, however they arrive', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sway-'));
    const ipc = (type: number, body: unknown) => {
      const text = Buffer.from(JSON.stringify(body));
      const head = Buffer.alloc(14);
      head.write('i3-ipc');
      head.writeUInt32LE(text.length, 6);
      head.writeUInt32LE(type, 10);
      return Buffer.concat([head, text]);
    };
    const tree = (id: number) =>
      ipc(4, { id: 1, type: 'root', nodes: [window(id, { focused: true })], floating_nodes: [] });
    const event = (change: string, id: number, focus: boolean) =>
      ipc(0x80000003, { change, container: window(id, { focused: focus }) });
    let trees = 0;
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        if (bytes.readUInt32LE(10) === 2) socket.write(ipc(2, { success: true }));
        else if (++trees === 1) {
          // One piece: the tree, a newer focus, and a close after which only another tree tells.
          socket.write(Buffer.concat([tree(10), event('focus', 11, true), event('close', 11, false)]));
        } else if (trees === 2) {
          const both = Buffer.concat([tree(12), event('title', 12, true)]);
          for (const at of [3, 17, both.length])
            socket.write(both.subarray(at === 3 ? 0 : at === 17 ? 3 : 17, at));
        }
      });
    });
    const path = join(folder, 'sway-ipc.1000.77.sock');
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    });
    const seen: number[] = [];
    const died: string[] = [];
    const close = await watchSway(
      { XDG_RUNTIME_DIR: folder },
      { changed: (focus) => seen.push(focus.window), died: (error) => died.push(error.code) },
    );
    await until('the second tree', () => seen.includes(12));
    expect(seen).toEqual([10, 11, 12]);
    for (const socket of sockets) socket.write('nonsense that is no message');
    await until('the end', () => died.length > 0);
    expect(died).toEqual(['no-display']);
    await close?.();
  });
});
