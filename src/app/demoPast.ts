import type { Decision, Outcome } from '../model/decision.ts';
import type { CaptureEvent, Event } from '../model/event.ts';
import type { Feedback, RejectReason } from '../model/feedback.ts';
import { newId } from '../model/id.ts';
import type { EventLog } from '../model/log.ts';
import type { Observation } from '../model/observation.ts';
import type { Proposal } from '../model/proposal.ts';
import type { Suggestion, SuggestionState } from '../model/suggestion.ts';
import { thresholdOf } from '../suggestions/policy.ts';
import { seeded } from '../suggestions/whatIf/whatIf.ts';
import { lastDays, type LocalDay } from './localDays.ts';

/** Working weeks before the recorded day. */
const DAYS = 28;
const MINUTE = 60_000;
const EAGERNESS = 0.4;

/** What is offered on the made-up days: subject, application, why. Their topics are none of the recorded day. */
const OFFERS = [
  [
    'pattern:repeated-search',
    'Find a worked example for “pivot table totals”',
    'Third search in two minutes',
  ],
  [
    'pattern:error-returns',
    'Look up why the build says “module not found”',
    'The same error for the second time',
  ],
  [
    'pattern:download-unread',
    'Summarise the report that was downloaded this morning',
    'Downloaded, not opened',
  ],
  ['pattern:meeting-notes', 'Draft the notes of the planning meeting', 'The meeting has just ended'],
  [
    'pattern:compare-options',
    'Compare the three laptops side by side',
    'Three product pages, back and forth',
  ],
  ['pattern:mail-draft', 'Word the reply to the supplier', 'The draft has been open for ten minutes'],
  ['pattern:table-as-text', 'Turn the copied table into Markdown', 'A table was copied into a text file'],
  ['pattern:sources-to-cite', 'List the sources of the essay', 'Five pages were copied from'],
] as const;
const APPS = ['firefox', 'code', 'libreoffice-calc', 'thunderbird'] as const;
const REASONS: readonly RejectReason[] = ['not-needed', 'not-needed', 'wrong', 'too-late'];
const SOURCES = ['window', 'clipboard', 'keyboard', 'files', 'idle'] as const;

/**
 * Writes made-up weeks into a log, to the day before yesterday of `now` (nothing of them still waits to be answered), so that a recorded day has a past to look back on: turns,
 * suggestions with answers, needs, and steps of capture. Their answers come true as often as their scores say. The window
 * says that they are made up. Rejects as the log does.
 */
export async function writeDemoPast(
  log: Pick<EventLog, 'append' | 'suggest' | 'feedback' | 'decide'>,
  now: number,
): Promise<void> {
  const random = seeded(7);
  const writes: Promise<void>[] = [];
  for (const day of lastDays(now, DAYS).slice(0, -2)) {
    const weekday = new Date(day.from).getDay();
    const offers = weekday === 0 || weekday === 6 ? 0 : 3 + Math.floor(random() * 5);
    if (offers === 0) continue;
    writes.push(log.append(captureOf(day, random)));
    const turns = 34 + Math.floor(random() * 18);
    for (let turn = 0; turn < turns; turn++) {
      const at = Math.round(
        day.from + 9 * 60 * MINUTE + (turn / turns) * 8 * 60 * MINUTE + random() * MINUTE,
      );
      const offered = turn % Math.ceil(turns / offers) === 2;
      writes.push(...(offered ? offer(log, at, random) : silence(log, at, random)));
    }
    if (random() < 0.4) {
      const at = Math.round(day.from + (10 + random() * 6) * 60 * MINUTE);
      writes.push(
        log.feedback({
          id: newId(at),
          at,
          seen: seenAt(at, 0),
          label: 'missed-need',
          latency: 0,
          via: 'hotkey',
        }),
      );
    }
  }
  await Promise.all(writes);
}

function offer(log: Pick<EventLog, 'suggest' | 'feedback' | 'decide'>, at: number, random: () => number) {
  const which = Math.floor(random() * OFFERS.length);
  const [proposer, task, why] = OFFERS[which]!;
  const score = 0.3 + 0.65 * random();
  const policy = { threshold: thresholdOf(EAGERNESS), propensity: 1, eagerness: EAGERNESS };
  const proposal: Proposal = {
    task,
    message: `Shall I? ${task}.`,
    why,
    topic: `made up: ${task}`,
    proposer,
    lifetime: 3 * MINUTE,
  };
  const accepted = random() < score;
  const busy = random() < 0.24;
  const state: SuggestionState = busy ? 'ignored' : accepted ? 'accepted' : 'rejected';
  const answeredAt = Math.round(at + 4000 + random() * 30_000);
  const seen = seenAt(at, which);
  const suggestion: Suggestion = {
    id: newId(at),
    at,
    proposal,
    seen,
    gate: { probability: Math.min(0.95, score + 0.1), reasons: ['a search was just made'] },
    reward: { judgement: 'accepted', probability: score, by: 'judge-1' },
    score,
    reasons: [why],
    state,
    history: [
      { state: 'held', at },
      { state: 'shown', at: at + 3000 },
      { state, at: answeredAt },
    ],
    policy,
    promptVersion: 'pattern',
  };
  const reason = REASONS[Math.floor(random() * 6)];
  const answer: Feedback = {
    id: newId(answeredAt),
    at: answeredAt,
    suggestion: suggestion.id,
    proposal,
    seen,
    label: state,
    latency: answeredAt - at - 3000,
    via: state === 'ignored' ? 'timeout' : 'card',
    ...(state === 'rejected' && reason && { reason }),
    policy,
    promptVersion: 'pattern',
  };
  const asked = random() < 0.5;
  const decision = turnOf(at, 'proposal', random, { score, policy, task, suggestion: suggestion.id }, asked);
  return [log.suggest(suggestion), log.feedback(answer), log.decide(decision)];
}

function silence(log: Pick<EventLog, 'feedback' | 'decide'>, at: number, random: () => number) {
  const draw = random();
  const outcome: Outcome = draw < 0.7 ? 'gate' : draw < 0.82 ? 'silence' : 'judge';
  const score = 0.05 + 0.4 * random();
  const task = OFFERS[Math.floor(random() * OFFERS.length)]![1];
  const audit = outcome === 'gate' && random() < 0.03;
  const policy = { threshold: thresholdOf(EAGERNESS), propensity: audit ? 0.03 : 0, eagerness: EAGERNESS };
  const part = { policy, ...(outcome === 'judge' && { score, task }), ...(audit && { audit }) };
  const decision = turnOf(at, outcome, random, part, outcome !== 'gate');
  const writes = [log.decide(decision)];
  if (audit) {
    const told = at + 60 * MINUTE;
    const needed = random() < 0.25;
    writes.push(
      log.feedback({
        id: newId(told),
        at: told,
        decision: decision.id,
        seen: seenAt(at, 1),
        label: 'missed-need',
        needed,
        latency: 0,
        via: 'digest',
      }),
    );
  }
  return writes;
}

function turnOf(
  at: number,
  outcome: Outcome,
  random: () => number,
  part: Partial<Decision>,
  asked: boolean,
): Decision {
  const prefill = Math.round(90 + random() * 260);
  const receipt = {
    id: newId(at),
    at,
    purpose: 'decide' as const,
    model: 'smollm2-135m',
    promptVersion: 'decide-1',
    promptTokens: Math.round(760 + random() * 300),
    prefillTokens: prefill,
    outputTokens: Math.round(12 + random() * 40),
    firstTokenMs: Math.round(prefill * 2.1),
    totalMs: Math.round(prefill * 2.1 + 400 + random() * 900),
    memoryBytes: 310e6,
    stop: 'end' as const,
  };
  return { id: newId(at), at, outcome, reason: 'made up', receipts: asked ? [receipt] : [], ms: 12, ...part };
}

function seenAt(at: number, which: number): Observation[] {
  const app = APPS[which % APPS.length]!;
  return [2, 1].map((back) => {
    const id = newId(at - back * MINUTE);
    return {
      id,
      time: at - back * MINUTE,
      duration: 40_000,
      kind: 'window',
      app,
      event: `The user works in ${app} (made up).`,
      sources: [id],
    };
  });
}

const mark = (at: number, data: CaptureEvent['data']): Event => ({
  id: newId(at),
  at,
  duration: 0,
  monitor: 'capture',
  kind: 'capture',
  data,
});

/** Watching from nine to half past five, a lunch break on some days, a source that stalls now and then. */
function captureOf(day: LocalDay, random: () => number): Event[] {
  const start = Math.round(day.from + (8 * 60 + 45 + random() * 20) * MINUTE);
  const healthy = (at: number) => SOURCES.map((source) => mark(at, { state: 'healthy', source }));
  const events = [mark(start, { state: 'started' }), ...healthy(start + 800)];
  if (random() < 0.2) {
    const source = SOURCES[Math.floor(random() * 3)]!;
    const at = Math.round(start + (30 + random() * 150) * MINUTE);
    events.push(mark(at, { state: 'stalled', source }));
    events.push(
      mark(Math.round(at + (1 + random() * 11) * MINUTE), { state: 'healthy', source, restarts: 2 }),
    );
  }
  if (random() < 0.35) {
    const at = day.from + 12.25 * 60 * MINUTE;
    events.push(mark(at, { state: 'paused' }), mark(at + 40 * MINUTE, { state: 'resumed' }));
    events.push(...healthy(at + 40 * MINUTE + 800));
  }
  for (const [source, reason] of [
    ['clipboard', 'marked clipboard entry'],
    ['window', 'private window'],
  ] as const) {
    const at = Math.round(start + (60 + random() * 200) * MINUTE);
    const data = { source, reason, count: 1 + Math.floor(random() * 6) };
    events.push({ id: newId(at), at, duration: 0, monitor: source, kind: 'dropped', data });
  }
  events.push(mark(Math.round(day.from + (17 * 60 + 10 + random() * 40) * MINUTE), { state: 'stopped' }));
  return events;
}
