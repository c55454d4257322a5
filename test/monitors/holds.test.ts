import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { holding, resting } from '../../src/model/hold.ts';
import { Settings } from '../../src/model/settings.ts';
import { NO_FOCUS, type Focus } from '../../src/monitors/focus.ts';
import { createHolds } from '../../src/monitors/holds/holds.ts';
import { meetingIn, meetingProgram, saysShared } from '../../src/monitors/holds/meeting.ts';
import { meetingRuns, microphoneOpen } from '../../src/monitors/holds/microphone.ts';
import { createPower, onBattery } from '../../src/monitors/holds/power.ts';

const folders: string[] = [];
afterEach(() => {
  for (const each of folders.splice(0)) rmSync(each, { recursive: true });
});

/** A folder with these files. */
function filesOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sysfs-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `${text}\n`);
  }
  return folder;
}

describe('power', () => {
  const battery = { 'BAT0/type': 'Battery', 'BAT0/status': 'Discharging' };

  it.each([
    ['a desktop without a battery', {}, null],
    ['a laptop unplugged', { ...battery, 'AC/type': 'Mains', 'AC/online': '0' }, true],
    ['a laptop plugged in', { ...battery, 'AC/type': 'Mains', 'AC/online': '1' }, false],
    ['a laptop fed by USB-C', { ...battery, 'ucsi/type': 'USB', 'ucsi/online': '1' }, false],
    ['a full battery at the mains', { 'BAT0/type': 'Battery', 'BAT0/status': 'Full' }, false],
    [
      'one battery of two discharges',
      { ...battery, 'BAT1/type': 'Battery', 'BAT1/status': 'Not charging' },
      true,
    ],
    ['the battery of a mouse', { 'm/type': 'Battery', 'm/scope': 'Device', 'm/status': 'Discharging' }, null],
  ])('%s', (_, files: Record<string, string>, expected) => {
    expect(onBattery(filesOf(files))).toBe(expected);
  });

  it('is unknown where there is no such folder, and elsewhere what the host said last', async () => {
    expect(onBattery('/nowhere')).toBeNull();
    let on: boolean | null = true;
    const lent = createPower('win32', { onBattery: async () => on });
    expect(lent()).toBeNull();
    await Promise.resolve();
    await Promise.resolve();
    expect(lent()).toBe(true);
    on = null;
    await new Promise(setImmediate);
    lent();
    await new Promise(setImmediate);
    expect([lent(), createPower('darwin', undefined)()]).toEqual([null, null]);
    const failing = createPower('win32', { onBattery: () => Promise.reject(new Error('gone')) });
    failing();
    await new Promise(setImmediate);
    expect(failing()).toBeNull();
  });
});

describe('microphone', () => {
  it('is in use while ALSA says that a capture runs; playing is no recording', () => {
    const status = 'state: RUNNING\nowner_pid   : 812';
    expect(microphoneOpen(filesOf({ 'card0/pcm0c/sub0/status': status }))).toBe(true);
    expect(microphoneOpen(filesOf({ 'card0/pcm0p/sub0/status': status }))).toBe(false);
    expect(microphoneOpen(filesOf({ 'card0/pcm0c/sub0/status': 'closed' }))).toBe(false);
    expect(microphoneOpen('/nowhere')).toBe(false);
  });

  it('names a meeting program that runs, by the name of its process alone', () => {
    expect(meetingRuns(filesOf({ '1/comm': 'systemd', '42/comm': 'zoom', 'net/comm': 'zoom' }))).toBe('Zoom');
    expect(meetingRuns(filesOf({ '7/comm': 'teams-for-linux' }))).toBe('Teams');
    expect(meetingRuns(filesOf({ '7/comm': 'zoomer', '8/comm': 'bash' }))).toBeNull();
    expect(meetingProgram('zoom.us')).toBe('Zoom');
  });
});

describe('meetings and shared screens by their windows', () => {
  it.each([
    [{ app: 'zoom', title: 'Zoom Meeting' }, 'Zoom', true],
    [{ app: 'zoom', title: 'Zoom Workplace' }, 'Zoom', false],
    [{ app: 'Microsoft Teams', title: 'Meeting with Ana | Microsoft Teams' }, 'Teams', true],
    [{ app: 'Microsoft Teams', title: 'Chat | Ana | Microsoft Teams' }, 'Teams', false],
    [{ app: 'Google-chrome', title: 'Meet – abc-defg-hij - Google Chrome' }, 'Meet', true],
    [{ app: 'firefox', page: 'https://meet.google.com/abc-defg-hij?authuser=1' }, 'Meet', true],
    [{ app: 'firefox', page: 'https://meet.google.com/landing' }, 'Meet', false],
    [{ app: 'chromium', title: 'Weekly | Jitsi Meet - Chromium' }, 'Jitsi', true],
    [{ app: 'firefox', page: 'https://meet.jit.si/Weekly' }, 'Jitsi', true],
    [{ app: 'Webex', title: 'Webex Meeting' }, 'Webex', true],
    [{ app: 'Discord', title: '#general | a server' }, 'Discord', false],
    [{ app: 'Slack', title: 'Huddle: #team' }, 'Slack', true],
  ])('%j is %s', (look, name, sure) => {
    expect(meetingIn(look)).toEqual({ name, sure });
  });

  it.each([
    { app: 'firefox', title: 'How to meet people – a guide' },
    { app: 'firefox', title: 'Jitsi Meet' },
    { app: 'code', title: 'zoom.css - site - Visual Studio Code' },
    { app: 'firefox', title: 'Microsoft Teams pricing', page: 'https://example.com/?to=zoom' },
    { app: 'Zoomtext', title: 'Zoomtext' },
    {},
  ])('%j is none', (look) => {
    expect(meetingIn(look)).toBeNull();
  });

  it.each([
    ['meet.google.com is sharing your screen.', true],
    ['meet.google.com is sharing a window.', true],
    ['You are screen sharing', true],
    ['meet.google.com teilt deinen Bildschirm.', true],
    ['Firefox — Sharing Indicator', true],
    ['as_toolbar', true],
    ['Zoom is sharing your screen with hackers: what to do - Mozilla Firefox', false],
    ['Sharing your screen - Help', false],
    ['', false],
  ])('%j', (title, expected) => {
    expect(saysShared(title)).toBe(expected);
  });
});

describe('holds', () => {
  function make(settings: Partial<Settings['holds']> = {}) {
    const state = {
      now: 1000,
      focus: NO_FOCUS as Focus,
      microphone: false as boolean | null,
      onBattery: null as boolean | null,
      program: null as string | null,
    };
    const holds = createHolds(
      {
        focus: () => state.focus,
        microphone: () => state.microphone,
        onBattery: () => state.onBattery,
        program: () => state.program,
      },
      {
        clock: { now: () => state.now },
        settings: () => ({ ...Settings.parse({}).holds, ...settings }),
      },
    );
    const kinds = () => {
      // What the system says is believed for two seconds, the names of programs for twenty.
      state.now += 20_000;
      return holds().map(({ kind }) => kind);
    };
    return { state, holds, kinds };
  }
  const window = (more: Partial<Focus>): Focus => ({ window: 1, own: false, ...more });

  it('a full screen holds, our own window does not, unknown holds nothing', () => {
    const { state, kinds } = make();
    expect(kinds()).toEqual([]);
    state.focus = window({ app: 'mpv', fullScreen: true });
    expect(kinds()).toEqual(['fullScreen']);
    state.focus = window({ app: 'Beforehand', own: true, fullScreen: true });
    expect(kinds()).toEqual([]);
    state.microphone = null;
    expect(kinds()).toEqual([]);
  });

  it('a meeting lasts while the microphone is in use, whatever is in front', () => {
    const { state, kinds, holds } = make();
    state.focus = window({ app: 'Google-chrome', title: 'Meet – abc-defg-hij' });
    state.microphone = true;
    expect(kinds()).toEqual(['meetings']);
    state.focus = window({ app: 'code', title: 'main.ts' });
    expect(kinds()).toEqual(['meetings']);
    expect(holds()[0]!.why).toBe('a meeting (Meet)');
    state.microphone = false;
    expect(kinds()).toEqual([]);
    state.microphone = true;
    // Somebody dictates: no meeting was in front since, and no meeting program runs.
    expect(kinds()).toEqual([]);
    state.program = 'Zoom';
    expect(kinds()).toEqual(['meetings']);
  });

  it('a chat of a meeting program holds only while the microphone is in use', () => {
    const { state, kinds } = make();
    state.focus = window({ app: 'Microsoft Teams', title: 'Chat | Microsoft Teams' });
    expect(kinds()).toEqual([]);
    state.microphone = true;
    expect(kinds()).toEqual(['meetings']);
  });

  it('a shared screen holds, by a bar in the background too; the battery holds no card', () => {
    const { state, kinds, holds } = make();
    state.focus = window({ app: 'code', title: 'main.ts', sharing: true });
    state.onBattery = true;
    expect(kinds()).toEqual(['sharing', 'battery']);
    state.focus = NO_FOCUS;
    expect(kinds()).toEqual(['battery']);
    expect([holding(holds()), resting(holds())?.kind]).toEqual([null, 'battery']);
  });

  it('each can be switched off, and none tells a title or a page', () => {
    const off = make({ fullScreen: false, meetings: false, sharing: false, battery: false });
    const title = 'Meeting with CANARY | Microsoft Teams';
    Object.assign(off.state, { microphone: true, onBattery: true });
    off.state.focus = window({ title, fullScreen: true, sharing: true });
    expect(off.kinds()).toEqual([]);
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (before, after, full) => {
        const { state, holds } = make();
        state.microphone = true;
        state.focus = window({
          app: `zoom`,
          title: `${before}CANARY${after} is sharing your screen.`,
          page: 'https://meet.google.com/abc-defg-hij?CANARY',
          ...(full && { fullScreen: true }),
        });
        expect(JSON.stringify(holds())).not.toContain('CANARY');
      }),
    );
  });
});
