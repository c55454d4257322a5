import { randomUUID } from 'node:crypto';
import type { Decision } from '../../src/model/decision.ts';
import type { Event } from '../../src/model/event.ts';
import type { Answer, AuditEntry, Feedback } from '../../src/model/feedback.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';

/** Noon of some day, epoch milliseconds. */
export const NOON = 1_750_000_000_000;

export function windowEvent(title: string, more: Partial<Event> = {}): Event {
  return {
    id: randomUUID(),
    at: NOON,
    duration: 1000,
    monitor: 'window',
    app: 'Editor',
    kind: 'window',
    data: { title },
    ...more,
  } as Event;
}

export function observation(sentence: string, more: Partial<Observation> = {}): Observation {
  const id = more.id ?? randomUUID();
  return {
    id,
    time: NOON,
    duration: 1000,
    kind: 'window',
    app: 'Editor',
    event: sentence,
    sources: [id],
    ...more,
  };
}

export function suggestion(seen: readonly Observation[], more: Partial<Suggestion> = {}): Suggestion {
  return {
    id: randomUUID(),
    at: NOON,
    proposal: {
      task: 'Look it up',
      message: 'Shall I look it up?',
      why: 'You searched twice.',
      topic: 'look up',
      proposer: 'pattern:repeated-search',
      lifetime: 60_000,
    },
    seen: [...seen],
    gate: { probability: 0.8, reasons: ['a search'] },
    reasons: ['You searched twice.'],
    state: 'held',
    history: [{ state: 'held', at: NOON }],
    policy: { threshold: 0.5, propensity: 1, eagerness: 0.4 },
    promptVersion: 'none',
    ...more,
  };
}

export function answer(of: string, text: string): Answer {
  return { suggestion: of, at: NOON, text, state: 'done' };
}

export function feedback(seen: readonly Observation[], more: Partial<Feedback> = {}): Feedback {
  return {
    id: randomUUID(),
    at: NOON,
    seen: [...seen],
    label: 'accepted',
    latency: 1200,
    via: 'card',
    ...more,
  };
}

export function decision(more: Partial<Decision> = {}): Decision {
  return { id: randomUUID(), at: NOON, outcome: 'gate', reason: 'too quiet', receipts: [], ms: 1, ...more };
}

export function audit(of: string, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: randomUUID(),
    at: NOON,
    suggestion: of,
    operation: 'search',
    arguments: 'words',
    result: 'done',
    ...more,
  };
}
