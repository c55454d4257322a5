import type { AppState, Assistant, ShippedExclusions } from '../contract.ts';
import { AppError } from '../errors.ts';
import { missedNeed } from '../feedback/feedback.ts';
import type { Guard } from '../model/guard.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Answer, Feedback } from '../model/feedback.ts';
import type { Settings, SettingsPatch } from '../model/settings.ts';
import type { Suggestion } from '../model/suggestion.ts';
import type { Handlers } from '../rpc.ts';
import type { Operations } from '../operations/operation.ts';
import type { Lifecycle } from '../suggestions/lifecycle.ts';
import type { Policy } from '../suggestions/policy.ts';
import type { Observer } from '../observations/window.ts';
import type { CardChannels } from './cards.ts';
import type { DialChannels } from './dial.ts';
import type { createDoing } from './doing.ts';
import type { Exports } from './exports.ts';
import type { Learning } from './learning.ts';
import type { McpChannels } from './mcpServers.ts';
import type { Program } from './program.ts';
import type { InsightChannels } from './insights/insights.ts';
import type { createReceipts } from './receipts.ts';
import type { ModelHandlers } from './modelChannels.ts';
import type { Teaching } from './teaching.ts';
import type { PauseLength } from './pauses.ts';
import type { Studying } from './studying.ts';
import { hoursOf } from './hours.ts';
import { privacyReport } from './privacyReport.ts';
import { sample } from './samples.ts';

/** The last minutes that "I needed help here" keeps, in milliseconds (UI.md: the last minute, with what led to it). */
const MISSED_MS = 5 * 60_000;

/** The parts that the channels of the contract speak to. */
export interface Parts {
  readonly clock: Clock;
  /** Epoch milliseconds of the start: counts are since then. */
  readonly since: number;
  readonly log: EventLog;
  readonly guard: Guard;
  /** The shipped lists, as Settings shows them. */
  readonly exclusions: ShippedExclusions;
  readonly observer: Observer;
  readonly lifecycle: Lifecycle;
  readonly operations: Operations;
  readonly policy: Policy;
  readonly modelHandlers: ModelHandlers;
  /** Shows the data folder in the desktop's own program for folders. */
  readonly openData: () => Promise<void>;
  /** Traces to annotate, and what became of them. */
  readonly teaching: Teaching;
  readonly settings: { get(): Settings; set(patch: SettingsPatch): Promise<Settings> };
  readonly state: () => Promise<AppState>;
  readonly pause: (length: PauseLength) => Promise<void>;
  readonly check: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly onFeedback: (feedback: Feedback) => void;
  /** Forgets in the log and in memory. */
  readonly forget: EventLog['forget'];
  /** Runs the operation of an accepted suggestion; never rejects. */
  readonly carryOut: (suggestion: Suggestion) => Promise<void>;
  readonly working: (suggestion: string) => boolean;
  readonly learning: Learning;
  readonly dial: DialChannels;
  readonly receipts: ReturnType<typeof createReceipts>;
  readonly insights: InsightChannels;
  readonly doing: ReturnType<typeof createDoing>;
  readonly mcp: McpChannels;
  readonly studying: Studying;
  readonly exports: Exports;
  readonly program: Program['channels'];
  readonly shown: CardChannels;
  /** Makes a new key for ActivityWatch clients. */
  readonly renewKey: () => Promise<string>;
}

/** One function for each channel. */
export function createHandlers(parts: Parts): Handlers<Assistant> {
  const { log, lifecycle, operations, settings, observer, clock } = parts;
  return {
    'state.get': () => parts.state(),
    async 'capture.pause'(how) {
      await parts.pause('until' in how ? how.until : how.minutes);
      return parts.state();
    },
    async 'capture.check'() {
      await parts.check();
      return parts.state();
    },
    async 'capture.resume'() {
      await parts.resume();
      return parts.state();
    },
    async 'observations.list'(range) {
      const page = await log.observations(range);
      return { rows: [...page.rows], next: page.next };
    },
    'observations.hours': async (of) => ({ hours: hoursOf(await log.quarters(of)) }),
    'observations.at': async (stretch) => ({ rows: [...(await log.byTime(stretch))] }),
    'observations.stays': async ({ from }) => ({ rows: [...(await log.stays(from))] }),
    async forget(filter) {
      return { forgotten: await parts.forget(filter) };
    },
    async 'key.rotate'() {
      await log.rotateKey();
      return {};
    },
    async 'copies.list'() {
      return [...(await log.copies())];
    },
    async 'suggestions.list'(range) {
      const page = await log.suggestions(range);
      return { rows: [...page.rows], next: page.next };
    },
    async 'suggestions.get'({ id }) {
      const suggestion = await log.suggestion(id);
      if (!suggestion) throw new AppError('not-found', '[suggestions] this suggestion was forgotten.');
      const decisions = await log.decisions({
        from: suggestion.at - 120_000,
        to: suggestion.at + 120_000,
        limit: 200,
      });
      const decision = decisions.rows.find((each) => each.suggestion === id) ?? null;
      return { suggestion, decision, answer: ended(await log.answerOf(id), parts.working(id)) };
    },
    async 'suggestions.answer'({ id, answer, reason, task, via }) {
      // What a person types is kept as guarded as everything else, and what is kept is what is run.
      const words = task && parts.guard.redact(task, 'import').text.slice(0, 300).trim();
      const suggestion = await lifecycle.answer(id, answer, { via, reason, ...(words && { task: words }) });
      if (answer === 'accept') void parts.carryOut(suggestion);
      return suggestion;
    },
    'answers.stop'({ suggestion }) {
      operations.stop(suggestion);
      return {};
    },
    async 'need.record'() {
      const since = clock.now() - MISSED_MS;
      const study = parts.studying.turn()?.mark;
      const seen = observer.window(64).filter((each) => each.time + each.duration >= since);
      const feedback = missedNeed({
        seen,
        at: clock.now(),
        policy: parts.policy.snapshot(),
        ...(study && { study }),
      });
      await log.feedback(feedback);
      parts.onFeedback(feedback);
      return { observations: seen.length };
    },
    async 'decisions.list'(range) {
      const page = await log.decisions(range);
      return { rows: [...page.rows], next: page.next };
    },
    'settings.get': () => settings.get(),
    'settings.set'(patch) {
      // Written alone it would say paused while watching goes on.
      if (patch.pausedUntil !== undefined || patch.watchingUntil !== undefined) {
        throw new AppError('bad-input', '[settings] pausing is not a setting: pause or resume instead.');
      }
      // A page that could name a program to start could run anything.
      if (patch.mcp?.servers !== undefined) {
        throw new AppError('refused', '[settings] MCP servers are added with `beforehand mcp add`.');
      }
      return settings.set(patch);
    },
    'privacy.exclusions': () => parts.exclusions,
    'privacy.sample': ({ source }) =>
      sample(source, observer.window(64), parts.guard, clock.now(), settings.get()),
    async 'privacy.report'() {
      const state = await parts.state();
      return privacyReport({
        settings: settings.get(),
        health: state.sources,
        counts: state.counts,
        since: parts.since,
        watching: state.capture !== 'paused',
        store: state.store,
      });
    },
    'activityWatch.renewKey': async () => ({ key: await parts.renewKey() }),
    ...parts.shown,
    ...parts.teaching,
    ...parts.learning,
    ...parts.dial,
    ...parts.receipts,
    ...parts.insights,
    ...parts.doing,
    ...parts.mcp,
    'export.preview': (choice) => parts.exports.preview(choice),
    'export.write': ({ choice, consent, folder }) => parts.exports.write(choice, consent, folder),
    'export.stop'() {
      parts.exports.stop();
      return {};
    },
    async 'study.apply'({ file, participant, how }) {
      await parts.studying.apply(file, participant, how);
      return parts.state();
    },
    async 'study.end'() {
      await parts.studying.end();
      return parts.state();
    },
    async 'study.reply'({ feedback, replies }) {
      await parts.studying.reply(feedback, replies);
      return {};
    },
    ...parts.program,
    async 'data.open'() {
      await parts.openData();
      return {};
    },
    ...parts.modelHandlers,
  };
}

/** An answer whose writer is gone (a crash, a kill) is not being written any more. */
function ended(answer: Answer | null, working: boolean): Answer | null {
  if (answer?.state !== 'writing' || working) return answer;
  return { ...answer, state: 'stopped', note: 'Beforehand ended while this was being written.' };
}
