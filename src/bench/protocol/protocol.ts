import type { BenchFolder } from '../../proactivebench/folder.ts';
import type { BenchRun } from '../run.ts';
import { type AgentParts, partsOf, replayAgents } from './agents.ts';
import { committedRows, type CommittedRow } from './committed.ts';
import { type Answers, answersOf, judgeAnswers } from './judging.ts';
import type { TraceJudge } from './judges.ts';
import { type Answerer, type ProtocolRow, protocolRows } from './rows.ts';
import { protocolTraces, type TraceSet } from './traces.ts';

/** What a run of the protocol is made of. */
export interface ProtocolOptions {
  readonly folder: BenchFolder;
  readonly set: TraceSet;
  readonly from: 'models' | 'test_data';
  /** Names of published models to judge again. */
  readonly models: readonly string[];
  /** Names of our agents, parts joined with `+`; references are named alike. */
  readonly agents: readonly string[];
  readonly parts: AgentParts;
  readonly judges: readonly TraceJudge[];
  /** Gives an agent's row the name of the model in it. */
  readonly nameOf: (agent: string) => string;
}

/** What comes out: lines of the table, committed lines, and sentences that belong under it. */
export interface ProtocolResult {
  readonly rows: readonly ProtocolRow[];
  readonly committed: readonly CommittedRow[];
  /** Steps of published models that no replayed trace has: not counted. */
  readonly unmatched: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The paper's own protocol: agents replay traces turn by turn, published models' answers are taken from their traces, and
 * each judge decides every answer, so that all stand in one table. Null when interrupted.
 */
export async function runProtocol(run: BenchRun, options: ProtocolOptions): Promise<ProtocolResult | null> {
  const { folder, judges } = options;
  const traces = protocolTraces(folder, options.set, options.from);
  const answerers: Answerer[] = [];
  const replayed = await replayAgents(run, options.agents, options.parts, traces);
  if (!replayed) return null;
  for (const [name, answers] of replayed) {
    const kind = /^(?:gate\+)?(?:always|never|gate)$/.test(name) ? 'reference' : 'ours';
    answerers.push({ name: options.nameOf(name), kind, answers });
  }
  const published = new Map<string, Answers>();
  const unmatched: string[] = [];
  for (const name of options.models) {
    const theirs = answersOf(folder.models.get(name) ?? [], traces);
    published.set(name, theirs.answers);
    unmatched.push(...theirs.unmatched.map((place) => `${name} ${place}`));
    answerers.push({ name, kind: 'published', answers: theirs.answers });
  }

  const rows: ProtocolRow[] = [];
  let committed: readonly CommittedRow[] = [];
  for (const judge of judges) {
    const verdicts = await judgeAnswers(
      run,
      judge,
      traces,
      answerers.map((each) => each.answers),
    );
    if (!verdicts) return null;
    const named = { name: judge.name, verdicts };
    rows.push(...protocolRows(answerers, traces, named, run.seed));
    if (judge === judges[0]) {
      committed = committedRows(folder, { judge: judge.name, verdicts, answers: published });
    }
  }
  return { rows, committed, unmatched, notes: notesOf(options, committed, unmatched) };
}

function notesOf(
  { judges, models, agents }: ProtocolOptions,
  committed: readonly CommittedRow[],
  unmatched: readonly string[],
): readonly string[] {
  const notes = judges.map((judge) => judge.note);
  if (agents.some((name) => partsOf(name).includes('gate'))) {
    notes.push(
      'Agents with a gate have the shipped one, which learnt from eleven ProactiveBench traces: where those are among the replayed ones, their lines flatter it (bench need has it trained inside the folds).',
    );
  }
  const parted = committed.filter((row) => row.lacks === 'traces').length;
  if (parted > 0) {
    const which =
      parted === committed.length ? 'The committed results cover' : `${parted} committed lines cover`;
    notes.push(
      `${which} traces that are not in this folder, so they are shown and no difference is computed.`,
    );
  }
  const ours = committed.filter((row) => row.recount && row.recount.verdicts !== 'judgement').length;
  if (ours > 0) {
    notes.push(
      `${ours} committed lines are recounted with the verdicts of ${judges[0]!.name}, since their traces hold none: the difference is that of two judges.`,
    );
  }
  if (models.length > 0) {
    notes.push(
      'script counts the text "null" as a proposal, as the committed results do; task and turn take it for the silence that it says.',
    );
  }
  if (unmatched.length > 0) {
    notes.push(
      `${unmatched.length} steps of published models stand in no replayed trace and are not counted.`,
    );
  }
  return notes;
}
