import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectLog } from '../../src/log/owner.ts';
import { createX11Shortcuts } from '../../src/ports/shortcutsX11.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { startCore, writeSettings, type Core } from './core.ts';
import { startDisplay, type Display } from './display.ts';

needs(['Xvfb', 'openbox', 'xdotool', 'xterm', 'setxkbmap'], 'keys that work in every app', () => {
  let display: Display;
  const home = mkdtempSync(join(tmpdir(), 'keys-'));
  beforeAll(async () => {
    display = await startDisplay();
    display.run('xterm', ['-T', 'elsewhere', '-e', 'cat']);
    await until('a window of another program', () =>
      display
        .call('xdotool', ['search', '--onlyvisible', '--name', '^elsewhere$', 'windowfocus', '--sync'])
        .then(
          () => true,
          () => false,
        ),
    );
  });
  afterAll(async () => {
    await display?.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const focus = async () => (await display.call('xdotool', ['getwindowfocus', 'getwindowname'])).trim();
  const press = (...keys: string[]) => display.call('xdotool', ['key', ...keys]);

  it('are heard once a press, whatever lock is on, and stay when the layout changes', async () => {
    const port = createX11Shortcuts({ env: display.env });
    const heard: string[] = [];
    port.onPressed((keys) => heard.push(keys));
    try {
      expect(await port.take(['CommandOrControl+Alt+P', 'Alt+Shift+F5', 'Super+Space'])).toEqual({});
      await press('ctrl+alt+p', 'alt+shift+F5', 'super+space');
      await until('three presses', () => heard.length === 3);
      await press('Num_Lock', 'ctrl+alt+p', 'Caps_Lock', 'ctrl+alt+p', 'Num_Lock', 'ctrl+alt+p', 'Caps_Lock');
      await until('six presses', () => heard.length === 6);
      await press('ctrl+alt+q', 'p');
      // Held down, the server repeats the key.
      await display.call('xdotool', ['keydown', 'ctrl', 'keydown', 'alt', 'keydown', 'p', 'sleep', '1.2']);
      await display.call('xdotool', ['keyup', 'p', 'keyup', 'alt', 'keyup', 'ctrl']);
      expect(heard).toHaveLength(7);
      // On this layout P is where R was.
      const changed = new Promise((resolve) => port.onChanged(resolve));
      await display.call('setxkbmap', ['us', '-variant', 'dvorak']);
      expect(await changed).toEqual({});
      await press('ctrl+alt+p');
      await until('the new place of the key', () => heard.length === 8);
      await display.call('setxkbmap', ['us']);
    } finally {
      await port.close();
    }
  });

  it('are refused while another program holds them, and free again when it ends', async () => {
    const first = createX11Shortcuts({ env: display.env });
    const second = createX11Shortcuts({ env: display.env });
    try {
      expect(await first.take(['CommandOrControl+Alt+P'])).toEqual({});
      expect(await second.take(['CommandOrControl+Alt+P', 'CommandOrControl+Alt+H'])).toEqual({
        'CommandOrControl+Alt+P': { code: 'held', reason: 'another program holds Ctrl+Alt+P' },
      });
      await first.close();
      expect(await second.take(['CommandOrControl+Alt+P'])).toEqual({});
    } finally {
      await first.close();
      await second.close();
    }
  });

  it('pause, need and accept take effect in a running assistant while another window keeps the focus', async () => {
    writeSettings(join(home, 'demo'), { model: { use: 'none' } });
    const env = { ...display.env, XDG_RUNTIME_DIR: home };
    const core: Core = await startCore({ home, env, args: ['--no-window', '--demo'] });
    try {
      const state = () => core.client.call('state.get', {});
      await until('the keys', async () => (await state()).shortcuts?.every((each) => each.state === 'works'));
      await press('ctrl+alt+p');
      await until('a pause', async () => (await state()).capture === 'paused');
      await press('ctrl+alt+p');
      await until('its end', async () => (await state()).capture !== 'paused');
      expect(await focus()).toBe('elsewhere');

      const current = async () => (await state()).current;
      const offer = await until('a suggestion of the recorded day', current, 30_000, 100);
      await press('ctrl+alt+y');
      const suggestion = await until('its accept', async () => {
        const found = await core.client.call('suggestions.get', { id: offer.id });
        return found.suggestion.state === 'accepted' ? found.suggestion : null;
      });
      expect(suggestion.history.at(-1)?.note).toBe('hotkey');
      await press('ctrl+alt+h');
      const log = await connectLog(core.paths.socket);
      const missed = await until('the missed need', async () => {
        const { rows } = await log!.feedbacks({ limit: 20 });
        return rows.find((each) => each.label === 'missed-need');
      });
      await log!.close();
      expect([missed.via, missed.seen.length > 0]).toEqual(['hotkey', true]);
      expect(await focus()).toBe('elsewhere');

      // Another program takes a key that is given back; the settings say so at once.
      await core.client.call('settings.set', { shortcuts: { pause: 'CommandOrControl+Alt+K', need: null } });
      await until('the change', async () => {
        const now = (await state()).shortcuts ?? [];
        return now[0]?.keys === 'CommandOrControl+Alt+K' && now[1]?.state === 'off';
      });
      await press('ctrl+alt+p', 'ctrl+alt+k');
      await until('a pause by the new key', async () => (await state()).capture === 'paused');
      const other = createX11Shortcuts({ env: display.env });
      expect(await other.take(['CommandOrControl+Alt+P', 'CommandOrControl+Alt+J'])).toEqual({});
      await core.client.call('settings.set', { shortcuts: { pause: 'CommandOrControl+Alt+J' } });
      await until('the refusal', async () => (await state()).shortcuts?.[0]?.state === 'refused');
      expect((await state()).shortcuts?.[0]?.reason).toBe('another program holds Ctrl+Alt+J');
      await other.close();
    } finally {
      await core.stop();
    }
    // Given back when it ended.
    const after = createX11Shortcuts({ env: display.env });
    expect(await after.take(['CommandOrControl+Alt+Y', 'CommandOrControl+Alt+B'])).toEqual({});
    await after.close();
  });
});
