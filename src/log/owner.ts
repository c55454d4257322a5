import { resolve } from 'node:path';
import { AppError } from '../errors.ts';
import type { EventLog, Page } from '../model/log.ts';
import { connect, serve, type Handlers, type Transport } from '../rpc.ts';
import { CALL_ROWS, logContract, type LogContract } from './contract.ts';
import { dial, listen } from './socketTransport.ts';

/** Other contracts that run over the same socket. */
export interface AlsoServed {
  /** Gets the transport of each peer that said `{"hello":"assistant"}`. */
  readonly assistant?: (transport: Transport) => void;
}

/** Answers for the log on the core's socket until closed. Closing it leaves the log open. */
export async function serveLog(
  log: EventLog,
  socketPath: string,
  extra: AlsoServed = {},
): Promise<{ close(): Promise<void> }> {
  const handlers = handlersOf(log);
  return listen(socketPath, (speaks) =>
    speaks === 'log' ? (transport) => void serve(logContract, handlers, transport) : extra.assistant,
  );
}

/**
 * The log of the core that runs at `socketPath`, or null when none answers. Its methods reject with `not-running` once
 * the core is gone. `close` hangs up; the log stays open there.
 */
export async function connectLog(socketPath: string): Promise<EventLog | null> {
  const transport = await dial(socketPath, 'log');
  if (!transport) return null;
  const client = connect(logContract, transport);
  const { channels } = logContract;
  type Channel = keyof LogContract['channels'];

  /** What comes back is parsed as well: this is an edge for both sides. */
  async function call<K extends Channel, T>(
    channel: K,
    input: unknown,
    parse: (output: unknown) => T,
  ): Promise<T> {
    const output = await client.call(channel, input as never);
    try {
      return parse(output);
    } catch (thrown) {
      throw new AppError(
        'bad-input',
        `[log] the running assistant answered ${channel} in an unknown shape`,
        thrown,
      );
    }
  }
  async function inCalls(channel: 'append' | 'observe', rows: readonly unknown[]): Promise<void> {
    for (let start = 0; start < rows.length; start += CALL_ROWS) {
      await call(channel, rows.slice(start, start + CALL_ROWS), nothing);
    }
  }

  return {
    append: (events) => inCalls('append', events),
    observe: (observations) => inCalls('observe', observations),
    suggest: (suggestion) => call('suggest', suggestion, nothing),
    answer: (answer) => call('answer', answer, nothing),
    feedback: (feedback) => call('feedback', feedback, nothing),
    reply: (feedback, at, replies) =>
      call('reply', { feedback, at, replies: [...replies] }, channels.reply.output.parse),
    decide: (decision) => call('decide', decision, nothing),
    audit: (entry) => call('audit', entry, nothing),
    mute: (mute) => call('mute', mute, nothing),
    events: (range = {}) => call('events', range, channels.events.output.parse),
    observations: (range = {}) => call('observations', range, channels.observations.output.parse),
    suggestions: (range = {}) => call('suggestions', range, channels.suggestions.output.parse),
    suggestion: (id) => call('suggestion', id, (output) => channels.suggestion.output.parse(output).row),
    answerOf: (suggestion) =>
      call('answerOf', suggestion, (output) => channels.answerOf.output.parse(output).row),
    feedbacks: (range = {}) => call('feedbacks', range, channels.feedbacks.output.parse),
    decisions: (range = {}) => call('decisions', range, channels.decisions.output.parse),
    audits: (range = {}) => call('audits', range, channels.audits.output.parse),
    moments: (range = {}) => call('moments', range, channels.moments.output.parse),
    offered: (range = {}) => call('offered', range, channels.offered.output.parse),
    told: (range = {}) => call('told', range, channels.told.output.parse),
    captured: (range) => call('captured', range, channels.captured.output.parse),
    mutes: () => call('mutes', {}, channels.mutes.output.parse),
    quarters: (of = {}) => call('quarters', of, channels.quarters.output.parse),
    byTime: (stretch) => call('byTime', stretch, (output) => channels.byTime.output.parse(output).rows),
    stays: (from) => call('stays', from, channels.stays.output.parse),
    forget: (filter) => call('forget', filter, channels.forget.output.parse),
    backup: (file) => call('backup', resolve(file), nothing),
    retain: (from, limit) => call('retain', { from, limit }, channels.retain.output.parse),
    rotateKey: () => call('rotateKey', {}, nothing),
    copies: () => call('copies', {}, channels.copies.output.parse),
    noteCopy: (made) => call('noteCopy', made, nothing),
    keepBackup: () => call('keepBackup', {}, channels.keepBackup.output.parse),
    check: () => call('check', {}, channels.check.output.parse),
    state: () => call('state', {}, channels.state.output.parse),
    close: async () => transport.close(),
  };
}

const nothing = () => undefined;

async function done(work: Promise<void>): Promise<Record<string, never>> {
  await work;
  return {};
}

/** The contract's rows are mutable arrays and the log's are readonly. */
function copy<T>(page: Page<T>) {
  return { ...page, rows: [...page.rows] };
}

function handlersOf(log: EventLog): Handlers<LogContract> {
  return {
    append: (rows) => done(log.append(rows)),
    observe: (rows) => done(log.observe(rows)),
    suggest: (row) => done(log.suggest(row)),
    answer: (row) => done(log.answer(row)),
    feedback: (row) => done(log.feedback(row)),
    reply: ({ feedback, at, replies }) => log.reply(feedback, at, replies),
    decide: (row) => done(log.decide(row)),
    audit: (row) => done(log.audit(row)),
    mute: (row) => done(log.mute(row)),
    events: async (range) => copy(await log.events(range)),
    observations: async (range) => copy(await log.observations(range)),
    suggestions: async (range) => copy(await log.suggestions(range)),
    suggestion: async (id) => ({ row: await log.suggestion(id) }),
    answerOf: async (suggestion) => ({ row: await log.answerOf(suggestion) }),
    feedbacks: async (range) => copy(await log.feedbacks(range)),
    decisions: async (range) => copy(await log.decisions(range)),
    audits: async (range) => copy(await log.audits(range)),
    moments: async (range) => copy(await log.moments(range)),
    offered: async (range) => copy(await log.offered(range)),
    told: async (range) => copy(await log.told(range)),
    captured: (range) => log.captured(range),
    mutes: async () => [...(await log.mutes())],
    quarters: async (of) => (await log.quarters(of)).map(([at, many]) => [at, many] as [number, number]),
    byTime: async (stretch) => ({ rows: [...(await log.byTime(stretch))] }),
    stays: async (from) => [...(await log.stays(from))],
    forget: (filter) => log.forget(filter),
    backup: (file) => done(log.backup(file)),
    retain: ({ from, limit }) => log.retain(from, limit),
    rotateKey: () => done(log.rotateKey()),
    copies: async () => [...(await log.copies())],
    noteCopy: (made) => done(log.noteCopy(made)),
    keepBackup: () => log.keepBackup(),
    check: () => log.check(),
    state: () => log.state(),
  };
}
