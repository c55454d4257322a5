import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTeaching } from '../../src/app/teaching.ts';
import { listExclusions, loadExclusions } from '../../src/privacy/exclusions.ts';
import { privacyReport } from '../../src/app/privacyReport.ts';
import type { AppState, Assistant, ModelChoice } from '../../src/contract.ts';
import { AppError } from '../../src/errors.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { Answer } from '../../src/model/feedback.ts';
import { newId } from '../../src/model/id.ts';
import type { ProgramState } from '../../src/model/program.ts';
import type { Observation } from '../../src/model/observation.ts';
import { exportPreview } from './exportPreview.ts';
import { selects } from '../../src/model/selected.ts';
import { Settings } from '../../src/model/settings.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import type { Handlers, Publish } from '../../src/rpc.ts';
import { fakeModels } from './fakeModels.ts';
import { fakeProgram, startProgram } from './fakeProgram.ts';
import { fakeInsights } from './fakeInsights.ts';
import { fakeTools } from './fakeTools.ts';
import { clockWords } from '../../src/model/clockWords.ts';
import { decisions, models, observations, sources, suggestions } from './canned.ts';
import { createLearnt, fakeLearning, type Learnt } from './fakeLearning.ts';

/** A day the tests read and change; what the page does to it stays. */
export interface FakeDay {
  observations: Observation[];
  suggestions: Suggestion[];
  decisions: Decision[];
  answers: Map<string, Answer>;
  settings: Settings;
  models: ModelChoice[];
  state: AppState;
  /** Digest, reward model, mutes and receipts. */
  learning: Learnt;
  insights: ReturnType<typeof fakeInsights>;
  /** The data folder of annotation, which is the real one here; nothing is made before it is used. */
  data: string;
  /** The program as the system has it. */
  program: ProgramState;
  /** Puts a suggestion on the card and tells the page. */
  offer(suggestion: Suggestion, publish: Publish<Assistant>): void;
  handlers(publish: Publish<Assistant>): Handlers<Assistant>;
}

/** A day in the middle of an afternoon: a few apps, two waiting suggestions, one answered. */
export function createFakeDay(
  options: { readonly welcomed?: boolean; readonly rows?: number } = {},
): FakeDay {
  const tools = fakeTools();
  const day: FakeDay = {
    observations: observations(options.rows ?? 60),
    suggestions: suggestions(),
    decisions: decisions(),
    answers: new Map(),
    settings: Settings.parse({ welcomed: options.welcomed ?? true }),
    models: models(),
    learning: createLearnt(),
    program: startProgram,
    insights: fakeInsights(),
    data: join(tmpdir(), `beforehand-ui-${newId()}`),
    state: {
      version: '0.1.0',
      host: 'browser',
      demo: false,
      capture: 'watching',
      pausedUntil: null,
      pausedBy: null,
      quietUntil: null,
      says: '5 of 5 sources',
      language: 'en',
      afk: false,
      sources: sources(),
      model: { alias: 'smollm2-135m', state: 'ready', shows: false, leaves: false, memoryBytes: 310e6 },
      store: {
        place: '/home/ada/.local/share/beforehand',
        encrypted: true,
        key: 'keyring',
        bytes: 8.2e6,
        events: 4120,
      },
      counts: {
        kept: 1204,
        redacted: 37,
        dropped: 212,
        reasons: { 'excluded app': 150, 'marked clipboard': 41, 'password field': 21 },
        sources: {},
      },
      today: { shown: 3, accepted: 2, rejected: 0, ignored: 1, silent: 41, modelCalls: 12, tokens: 3412 },
      current: null,
      waiting: 0,
    },
    offer(suggestion, publish) {
      day.suggestions = [suggestion, ...day.suggestions.filter((each) => each.id !== suggestion.id)];
      day.state = { ...day.state, current: suggestion };
      publish('suggestion', suggestion);
      publish('state', day.state);
    },
    handlers: (publish) => ({
      ...fakeProgram(day, publish),
      'state.get': () => day.state,
      'capture.pause': (how) => {
        const minutes = 'until' in how ? 24 * 60 : how.minutes;
        const pausedUntil = minutes === null ? 0 : Date.now() + minutes * 60_000;
        const says = pausedUntil ? `until ${clockWords(pausedUntil, Date.now())}` : 'until you resume';
        day.state = { ...day.state, capture: 'paused', pausedUntil, pausedBy: 'you', says };
        publish('state', day.state);
        return day.state;
      },
      'capture.check': () => day.state,
      'capture.resume': () => {
        const says = '5 of 5 sources';
        day.state = { ...day.state, capture: 'watching', pausedUntil: null, pausedBy: null, says };
        publish('state', day.state);
        return day.state;
      },
      'observations.list': ({ before, limit = 100, text, app }) => {
        const words = text?.toLowerCase().split(/\s+/) ?? [];
        const all = day.observations.filter(
          (row) => (!app || row.app === app) && words.every((word) => row.event.toLowerCase().includes(word)),
        );
        // `before` is the log's own number: here, how many rows are older.
        const from = before === undefined ? 0 : all.length - before;
        const rows = all.slice(from, from + limit);
        const left = all.length - from - rows.length;
        return { rows, ...(left > 0 && { next: left }) };
      },
      'observations.hours': ({ app, from = 0 }) => {
        const hours = new Map<number, number>();
        for (const row of day.observations) {
          const start = new Date(row.time).setMinutes(0, 0, 0);
          if (start >= from && (!app || row.app === app)) hours.set(start, (hours.get(start) ?? 0) + 1);
        }
        return { hours: [...hours].sort((a, b) => b[0] - a[0]) };
      },
      'observations.at': ({ to, from = 0, skip = 0, limit = 100, app }) => ({
        rows: day.observations
          .filter((row) => row.time <= to && row.time >= from && (!app || row.app === app))
          .toSorted((a, b) => b.time - a.time)
          .slice(skip, skip + limit),
      }),
      'observations.stays': ({ from }) => ({
        rows: day.observations.flatMap(({ id, time, duration, kind, app }) =>
          kind === 'window' && app && time >= from ? [{ id, time, duration, app }] : [],
        ),
      }),
      forget: (filter) => {
        const had = day.observations.length;
        if ('suggestion' in filter) {
          day.suggestions = day.suggestions.filter((each) => each.id !== filter.suggestion);
        } else {
          day.observations = day.observations.filter((row) => {
            if ('began' in filter) return !selects(filter)(row);
            if ('observations' in filter) return !filter.observations.includes(row.id);
            if ('app' in filter) return row.app !== filter.app;
            if ('site' in filter) return row.site !== filter.site;
            if ('from' in filter) return row.time < filter.from || row.time > filter.to;
            return false;
          });
        }
        return { forgotten: had - day.observations.length };
      },
      'card.painted': () => ({}),
      'card.stay': ({ suggestion, left }) => {
        const { current } = day.state;
        if (current?.id !== suggestion) return {};
        day.state = { ...day.state, current: { ...current, until: Date.now() + left } };
        publish('state', day.state);
        return {};
      },
      'card.size': () => ({}),
      'card.typing': () => ({}),
      'card.copy': () => ({ copied: false }),
      'window.show': () => ({}),
      'key.rotate': () => ({}),
      'copies.list': () => [],
      'operations.undo': ({ suggestion }) => {
        const { undoable } = day.answers.get(suggestion) ?? {};
        if (!undoable)
          throw new AppError('refused', '[operations] there is nothing here that can be taken back.');
        const at = Date.now();
        const text = 'Taken back: 12 files have their old names.';
        const next: Answer = { suggestion, at, text, state: 'done' };
        day.answers.set(suggestion, next);
        publish('answer', next);
        return { id: newId(), at, suggestion, operation: 'undo', arguments: '', result: 'done' };
      },
      'operations.list': () => ({ rows: [] }),
      ...fakeLearning(day.learning),
      ...tools,
      'insights.get': (input) => day.insights['insights.get'](input),
      'insights.rows': (input) => day.insights['insights.rows'](input),
      'suggestions.list': ({ states }) => ({
        rows: day.suggestions.filter((each) => !states || states.includes(each.state)),
      }),
      'suggestions.get': ({ id }) => {
        const suggestion = day.suggestions.find((each) => each.id === id);
        if (!suggestion) throw new AppError('not-found', '[fake] there is no such suggestion');
        const decision = day.decisions.find((each) => each.suggestion === id) ?? null;
        return { suggestion, decision, answer: day.answers.get(id) ?? null };
      },
      'suggestions.answer': ({ id, answer }) => {
        const found = day.suggestions.find((each) => each.id === id);
        if (!found) throw new AppError('not-found', '[fake] there is no such suggestion');
        const state = answer === 'accept' ? 'accepted' : answer === 'reject' ? 'rejected' : 'snoozed';
        const next: Suggestion = { ...found, state, history: [...found.history, { state, at: Date.now() }] };
        day.suggestions = day.suggestions.map((each) => (each.id === id ? next : each));
        if (day.state.current?.id === id) day.state = { ...day.state, current: null };
        publish('suggestion', next);
        publish('state', day.state);
        return next;
      },
      'answers.stop': ({ suggestion }) => {
        const answer = day.answers.get(suggestion);
        const text = answer?.text ?? '';
        publish('answer', { suggestion, at: Date.now(), text, state: 'stopped' });
        return {};
      },
      'need.record': () => ({ observations: 14 }),
      'decisions.list': () => ({ rows: day.decisions }),
      'settings.get': () => day.settings,
      'settings.set': (patch) => {
        const { sources, model, retentionDays, activityWatch, holds, shortcuts, mcp, ...rest } = patch;
        day.settings = Settings.parse({
          ...day.settings,
          ...rest,
          sources: { ...day.settings.sources, ...sources },
          model: { ...day.settings.model, ...model },
          retentionDays: { ...day.settings.retentionDays, ...retentionDays },
          activityWatch: { ...day.settings.activityWatch, ...activityWatch },
          holds: { ...day.settings.holds, ...holds },
          shortcuts: { ...day.settings.shortcuts, ...shortcuts },
          mcp: { ...day.settings.mcp, ...mcp },
        });
        return day.settings;
      },
      'privacy.exclusions': () => listExclusions(loadExclusions()),
      'privacy.report': () =>
        privacyReport({
          settings: day.settings,
          health: [],
          counts: {
            ...day.state.counts,
            sources: {
              window: { kept: 980, redacted: 21, dropped: 0, reasons: { 'window: private window': 14 } },
              clipboard: {
                kept: 61,
                redacted: 16,
                dropped: 41,
                reasons: { 'clipboard: marked clipboard entry': 41 },
              },
            },
          },
          since: Date.now() - 3_600_000,
          watching: true,
          store: { place: '/home/ada/.local/share/beforehand', encrypted: true, key: 'keyring' },
        }),
      'privacy.sample': ({ source }) => ({
        stored: SAMPLES[source],
        never: 'What you typed, passwords, marked secrets.',
      }),
      'export.preview': (choice) => exportPreview(choice),
      'export.write': ({ choice, folder }) => {
        if (folder === '/refused') throw new AppError('refused', `[export] ${folder} holds other files`);
        return {
          folder: folder ?? '/home/ada/.local/share/beforehand/exports/today',
          files: choice.formats.map((format) => ({ name: `${format}.jsonl`, rows: 2, bytes: 1234 })),
        };
      },
      'export.stop': () => ({}),
      'activityWatch.renewKey': () => ({ key: 'made-up-key' }),
      ...createTeaching(day.data, { now: Date.now }),
      ...fakeModels(day, publish),
      'study.apply': () => day.state,
      'study.end': () => {
        const { study: _ended, ...rest } = day.state;
        day.state = rest;
        publish('state', day.state);
        return day.state;
      },
      'study.reply': () => {
        if (day.state.study) day.state = { ...day.state, study: { ...day.state.study, asks: null } };
        publish('state', day.state);
        return {};
      },
      'data.open': () => ({}),
    }),
  };
  return day;
}

const SAMPLES = {
  window: 'The user switches to Firefox, on “Payment details for [EMAIL] - Mail”.',
  clipboard: 'The user copies 14 words: “Dear [NAME], the transfer to [IBAN] …”.',
  keyboard: 'The user types 42 words with 6 corrections, then saves.',
  typed: "The user typed 'Dear Jane, call me on [PHONE_1] or write to [EMAIL_1].' in mousepad.",
  files: 'The user renames “IMG_2041.jpg” to “oslo-01.jpg” in Pictures.',
  idle: 'The user comes back after 12 minutes.',
} as const;

/** A suggestion to put on the card. */
export function offerOf(part: Partial<Suggestion['proposal']> = {}, seconds = 45): Suggestion {
  const now = Date.now();
  const base = suggestions()[0];
  if (!base) throw new Error('there is no canned suggestion');
  return {
    ...base,
    id: newId(),
    at: now,
    state: 'shown',
    until: now + seconds * 1000,
    history: [
      { state: 'held', at: now - 4000 },
      { state: 'shown', at: now },
    ],
    proposal: { ...base.proposal, ...part },
  };
}
