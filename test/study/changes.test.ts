import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Settings } from '../../src/model/settings.ts';
import { Studies, StudyFile } from '../../src/model/study.ts';
import { changed, changesOf, restored } from '../../src/study/changes.ts';
import { heldSetting } from '../../src/study/holding.ts';
import { mismatch } from '../../src/study/pinned.ts';
import { templateOf } from '../../src/study/template.ts';
import { applyStudy, endStudy } from '../../src/study/turning.ts';
import { digestOf, studyDigest } from '../../src/study/read.ts';
import { exampleFile } from './file.ts';
import { pinned } from './pinned.ts';

const file = (more: object = {}) => StudyFile.parse({ ...exampleFile(), ...more });
const at = Date.UTC(2026, 2, 10, 9);
const apply = (settings: Settings, study = file(), more: object = {}) =>
  applyStudy(
    { settings, studies: Studies.parse({}) },
    { file: study, participant: 'p-01', how: 'phrase', at, pinned, ...more },
  );
const mine = Settings.parse({
  sources: { window: false, clipboard: true },
  typedApps: ['Notes', 'Mail'],
  activityWatch: { ingest: true },
  excludedApps: ['Bank'],
  dailyCap: 3,
});

it('shows exactly what it changes, and nothing that limits what is watched is among it', () => {
  expect(changesOf(file(), mine)).toEqual([
    { setting: 'model.use', before: 'smollm2-135m', after: 'none' },
    { setting: 'dailyCap', before: 3, after: 20 },
    { setting: 'sources.window', before: false, after: true },
    { setting: 'activityWatch.ingest', before: true, after: false },
    { setting: 'typedApps', before: ['Notes', 'Mail'], after: [] },
  ]);
  const now = changed(mine, changesOf(file(), mine));
  expect([now.excludedApps, now.trustedBrowsers, now.allowed, now.retentionDays]).toEqual([
    ['Bank'],
    [],
    [],
    mine.retentionDays,
  ]);
});

it('typed text stays only for apps that both the participant and the consent name', () => {
  const study = file({
    typedApps: ['notes', 'Slack'],
    consent: `${'x'.repeat(60)} typed text in Notes and Slack`,
  });
  expect(changed(mine, changesOf(study, mine)).typedApps).toEqual(['Notes']);
  expect(heldSetting(study, mine, { ...mine, typedApps: ['Notes', 'Mail', 'Slack'] })).toBeNull();
  expect(heldSetting(study, mine, { ...mine, typedApps: ['Notes', 'Mail', 'Chat'] })).toBe('typedApps');
});

it('ending puts everything back, whatever the settings were', () => {
  const list = fc.uniqueArray(fc.constantFrom('Notes', 'Mail', 'Chat'));
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), list, fc.nat(50), (window, files, typedApps, dailyCap) => {
      const before = Settings.parse({
        sources: { window, files },
        typedApps,
        dailyCap,
        model: { use: 'qwen3-0.6b' },
      });
      const during = apply(before);
      expect(endStudy(during, at + 1).settings).toEqual(before);
    }),
  );
});

it('what the participant took away meanwhile stays away', () => {
  const { settings, studies } = apply(mine);
  const meanwhile = {
    ...settings,
    sources: { ...settings.sources, window: false, clipboard: false },
    excludedApps: ['Bank', 'Mail'],
  };
  const after = restored(meanwhile, studies.now!.changes);
  expect(after).toEqual({
    ...mine,
    sources: { ...mine.sources, window: false, clipboard: false },
    excludedApps: ['Bank', 'Mail'],
  });
});

it('holds what it froze; less watching, exclusions, pauses and retention are never held', () => {
  const study = file({
    sources: { only: ['window', 'idle'] },
    arms: {
      by: 'day',
      seed: 's',
      of: [
        { id: 'low', eagerness: 0.2 },
        { id: 'high', eagerness: 0.8, proposers: 'patterns' },
      ],
    },
  });
  const now = apply(mine, study).settings;
  const held = (change: Partial<Settings>) => heldSetting(study, now, { ...now, ...change });
  expect(held({ eagerness: 0.9 })).toBe('eagerness');
  expect(held({ dailyCap: 1 })).toBe('dailyCap');
  expect(held({ model: { ...now.model, use: 'qwen3-0.6b' } })).toBe('model.use');
  expect(held({ model: { ...now.model, adapter: '/x.gguf' } })).toBe('model.adapter');
  expect(held({ sources: { ...now.sources, clipboard: true } })).toBe('sources.clipboard');
  expect(held({ activityWatch: { ...now.activityWatch, ingest: true } })).toBe('activityWatch.ingest');
  for (const free of [
    { sources: { ...now.sources, window: false } },
    { excludedApps: ['x'], excludedTitles: ['y'], excludedSites: ['z.example'] },
    { pausedUntil: 0, watchHours: [{ days: [1], from: '09:00', to: '10:00' }] },
    { retentionDays: { ...now.retentionDays, window: 1 }, quietHours: [] },
    { notifications: false, folders: ['/x'] },
  ]) {
    expect([free, held(free)]).toEqual([free, null]);
  }
});

it('the consent record says who agreed to what and when; a second study, or other parts, are refused', () => {
  const during = apply(mine);
  const { consent, until } = during.studies.now!;
  expect(consent).toEqual({
    id: consent.id,
    at,
    study: 'gate-2026',
    participant: 'p-01',
    consentSha256: digestOf(file().consent),
    studySha256: studyDigest(file()),
    how: 'phrase',
  });
  expect(until).toBe(at + 14 * 86_400_000);
  expect(() => applyStudy(during, { file: file(), participant: 'p-02', how: 'phrase', at, pinned })).toThrow(
    /is in force: end it first/,
  );
  const gate = { version: 'gate-2', sha256: 'd'.repeat(64) };
  expect(() => apply(mine, file({ frozen: { gate } }))).toThrow(
    /the gate here is gate-1 .* not gate-2 .*: install/,
  );
  const model = { alias: 'smollm2-135m', sha256: 'e'.repeat(64) };
  expect(() => apply(mine, file({ frozen: { model } }), { pinned: { ...pinned, model: null } })).toThrow(
    /models pull smollm2-135m/,
  );
  expect(() => apply(mine, file({ lasts: { until: '2026-03-01' } }))).toThrow(/was over on 2026-03-01/);
  const ended = endStudy(during, at + 5);
  expect([ended.studies.now, ended.studies.past[0]?.endedAt, ended.studies.past[0]?.consent]).toEqual([
    null,
    at + 5,
    consent,
  ]);
});

it('the template is a study that can be applied, with a model and without', () => {
  const model = { alias: 'smollm2-135m', sha256: 'd'.repeat(64) };
  for (const here of [pinned, { ...pinned, model: null }, { ...pinned, model }]) {
    const written = StudyFile.parse(templateOf(here));
    expect(mismatch(written, { ...here, model: here.model ?? { alias: 'none', sha256: null } })).toBeNull();
  }
});

it('the digest is of the study, not of how its file is written or of who takes part', () => {
  const turned = Object.fromEntries(Object.entries(exampleFile()).toReversed());
  expect(studyDigest(StudyFile.parse({ ...turned, participant: 'p-09' }))).toBe(studyDigest(file()));
  expect(studyDigest(file({ title: 'Another' }))).not.toBe(studyDigest(file()));
});
