import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Settings } from '../src/model/settings.ts';
import { Studies, StudyFile } from '../src/model/study.ts';
import { createSettingsStore } from '../src/settingsFile.ts';
import { applyStudy } from '../src/study/turning.ts';
import { ownPaths } from './log/folder.ts';
import { exampleFile } from './study/file.ts';
import { pinned } from './study/pinned.ts';

const defaults = Settings.parse({});

/** Paths with this text as the settings file. */
function withFile(text: string) {
  const paths = ownPaths();
  mkdirSync(dirname(paths.settings), { recursive: true });
  writeFileSync(paths.settings, text);
  return paths;
}

describe('the settings file', () => {
  it('starts with the defaults and writes nothing by itself', () => {
    const paths = ownPaths();
    const store = createSettingsStore(paths);
    expect(store.get()).toEqual(defaults);
    expect(store.note).toBeUndefined();
    expect(() => statSync(paths.settings)).toThrow('ENOENT');
  });

  it('merges groups, replaces the rest, keeps it in a 0600 file and tells listeners', async () => {
    const paths = ownPaths();
    const store = createSettingsStore(paths);
    const heard: number[] = [];
    const stop = store.subscribe((settings) => heard.push(settings.eagerness));
    await store.set({ eagerness: 0.7, sources: { keyboard: false }, excludedApps: ['Bank'] });
    await store.set({ model: { threads: 2 }, excludedApps: ['Mail'] });
    stop();
    await store.set({ pausedUntil: 0 });
    const wanted = {
      ...defaults,
      eagerness: 0.7,
      sources: { ...defaults.sources, keyboard: false },
      model: { ...defaults.model, threads: 2 },
      excludedApps: ['Mail'],
      pausedUntil: 0,
    };
    expect(store.get()).toEqual(wanted);
    expect(createSettingsStore(paths).get()).toEqual(wanted);
    expect(statSync(paths.settings).mode & 0o777).toBe(0o600);
    expect(heard).toEqual([0.7, 0.7]);
  });

  it('loses no change of many at once', async () => {
    const paths = ownPaths();
    const store = createSettingsStore(paths);
    await Promise.all([
      store.set({ eagerness: 0.9 }),
      store.set({ dailyCap: 3 }),
      store.set({ sources: { files: false } }),
      store.set({ sources: { idle: false } }),
    ]);
    expect(createSettingsStore(paths).get()).toMatchObject({
      eagerness: 0.9,
      dailyCap: 3,
      sources: { files: false, idle: false, window: true },
    });
  });

  it('refuses a change that does not fit and keeps what was', async () => {
    const store = createSettingsStore(ownPaths());
    await expect(store.set({ eagerness: 7 })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(store.set({ nonsense: true } as never)).rejects.toMatchObject({ code: 'bad-input' });
    await store.set({ eagerness: 0.5 });
    expect(store.get().eagerness).toBe(0.5);
  });

  for (const text of ['{"eager', '', '[]', 'null', '"x"', '\u0000\u0000']) {
    it(`keeps a damaged file beside, uses defaults and watches nothing until resumed: ${JSON.stringify(text)}`, async () => {
      const paths = withFile(text);
      const store = createSettingsStore(paths);
      expect(store.get()).toEqual({ ...defaults, pausedUntil: 0 });
      const kept = readdirSync(paths.data).filter((name) => name.startsWith('settings.damaged-'));
      expect(kept).toHaveLength(1);
      expect(store.note).toContain(kept[0]);
      expect(readFileSync(`${paths.data}/${kept[0]}`, 'utf8')).toBe(text);
      await store.set({ welcomed: true });
      expect(createSettingsStore(paths).note).toBeUndefined();
    });
  }

  it('names single fields that do not fit and keeps all others', () => {
    const paths = withFile(
      JSON.stringify({
        eagerness: 'high',
        dailyCap: 4,
        sources: { keyboard: 'no', window: false },
        later: 1,
      }),
    );
    const store = createSettingsStore(paths);
    expect(store.get()).toEqual({
      ...defaults,
      dailyCap: 4,
      sources: { ...defaults.sources, window: false },
      pausedUntil: 0,
    });
    expect(store.note).toContain('(sources.keyboard, eagerness)');
  });

  it('keeps every exclusion that fits when another does not', () => {
    const store = createSettingsStore(withFile(JSON.stringify({ excludedApps: ['Bank', 7, '', 'Mail'] })));
    expect(store.get().excludedApps).toEqual(['Bank', 'Mail']);
    expect(store.note).toContain('excludedApps');
  });

  it('starts paused where a limit of what is watched was lost, and says so; not for any other field', () => {
    const hours = { days: [1], from: '09:00', to: '24:00' };
    for (const lost of [
      { watchHours: [hours] },
      { pausedUntil: 'for ever' },
      { excludedSites: 'bank.example' },
      { sources: { keyboard: 'no' } },
    ]) {
      const store = createSettingsStore(withFile(JSON.stringify(lost)));
      expect(store.get().pausedUntil).toBe(0);
      expect(store.note).toContain('watching is paused until you resume');
    }
    const store = createSettingsStore(withFile(JSON.stringify({ eagerness: 7, retentionDays: { web: 0 } })));
    expect(store.get().pausedUntil).toBeNull();
    expect(store.note).not.toContain('paused');
  });
});

describe('studies that a later version does not take', () => {
  const file = StudyFile.parse(exampleFile());
  const turned = applyStudy(
    { settings: Settings.parse({ sources: { window: false } }), studies: Studies.parse({}) },
    { file, participant: 'p-01', how: 'phrase', at: Date.UTC(2026, 2, 10), pinned },
  );
  const past = { ...turned.studies.now!, endedAt: Date.UTC(2026, 2, 11) };
  const stored = (studies: object) => withFile(JSON.stringify({ ...turned.settings, studies }));

  it('in force: it ends, the settings are put back, and it is told', () => {
    expect(turned.settings.sources.window).toBe(true);
    const now = { ...turned.studies.now!, file: { ...file, title: '' } };
    const store = createSettingsStore(stored({ now, past: [past] }));
    expect(store.get().sources.window).toBe(false);
    expect(store.studies()).toEqual({ now: null, past: [past] });
    expect(store.note).toContain('studies');
  });

  it('one of the past: the one in force goes on', () => {
    const store = createSettingsStore(
      stored({ now: turned.studies.now, past: [{ ...past, until: 'x' }, past] }),
    );
    expect(store.get().sources.window).toBe(true);
    expect(store.studies()).toEqual({ now: turned.studies.now, past: [past] });
  });

  it.each([
    [null],
    ['x'],
    [{ now: 1 }],
    [{ now: { changes: [{ setting: 'sources.window', before: 'x', after: true }] } }],
  ])('whatever stands there: %j', (studies) => {
    const store = createSettingsStore(withFile(JSON.stringify({ ...turned.settings, studies })));
    expect(store.studies()).toEqual({ now: null, past: [] });
    expect(store.get()).toEqual(turned.settings);
  });
});

describe('shortcuts', () => {
  it('keep the keys of the others, refuse the same keys twice and a bare letter', async () => {
    const store = createSettingsStore(ownPaths());
    await store.set({ shortcuts: { pause: 'F9', show: null } });
    expect(store.get().shortcuts).toEqual({ ...defaults.shortcuts, pause: 'F9', show: null });
    await expect(store.set({ shortcuts: { need: 'F9' } })).rejects.toThrow('the same keys (F9)');
    await expect(store.set({ shortcuts: { need: 'P' } })).rejects.toThrow('a shortcut is one of');
    await expect(store.set({ shortcuts: { need: 'Shift+P' } })).rejects.toThrow('a shortcut is one of');
    expect(store.get().shortcuts.need).toBe(defaults.shortcuts.need);
  });
});
