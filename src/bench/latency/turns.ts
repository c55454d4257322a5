import { createAgent } from '../../agent/agent.ts';
import type { PromptFile } from '../../agent/prompt.ts';
import { createModelProposer } from '../../agent/proposers/model.ts';
import { AppError } from '../../errors.ts';
import type { Gate } from '../../model/agent.ts';
import { newId } from '../../model/id.ts';
import type { CompletionRequest, Llm } from '../../model/llm.ts';
import { createObserver } from '../../observations/window.ts';
import type { Session } from './session.ts';

/** Observations that a decision looks at, as the app has them at hand. */
const WINDOW = 64;
/** A model under load takes its time; a call that is cut measures nothing. Milliseconds. */
const PATIENCE = 600_000;

/** What the product would ask the model at one turn: always, and behind the gate (null where the gate stays shut). */
export interface Turn {
  readonly always: CompletionRequest;
  readonly gated: CompletionRequest | null;
}

/**
 * The first `count` turns of a session: each new observation is one. The product's own agent, prompt and window make the
 * requests; a model that says no to everything stands in, so that making them costs nothing. The gated side has a window
 * of its own, since a window that is not looked at does not move.
 */
export async function turnsOf(
  session: Session,
  count: number,
  options: {
    readonly prompt: PromptFile;
    readonly gate: Gate;
    readonly threshold: number;
    readonly context: number;
  },
): Promise<readonly Turn[]> {
  const observer = createObserver({});
  let now = 0;
  const side = (gateOff: boolean) => {
    let asked: CompletionRequest | null = null;
    const llm = recording(options.context, (request) => (asked = request));
    const agent = createAgent({
      clock: { now: () => now },
      gate: options.gate,
      proposers: [createModelProposer({ llm, prompt: options.prompt, timeoutMs: PATIENCE })],
      threshold: () => options.threshold,
      suppressed: () => false,
      rules: () => {
        throw new AppError('internal', '[bench] rules are off');
      },
      rulesOff: true,
      gateOff,
    });
    return async (): Promise<CompletionRequest | null> => {
      asked = null;
      await agent.turn({ observations: observer.window(WINDOW), events: observer.events(4 * WINDOW) });
      return asked;
    };
  };
  const always = side(true);
  const gated = side(false);
  const turns: Turn[] = [];
  for (let round = 0; turns.length < count; round += 1) {
    const before = turns.length;
    for (const event of session.round(round)) {
      if (turns.length === count) break;
      if (!observer.observe(event)?.isNew) continue;
      now = event.at + event.duration;
      const request = await always();
      if (!request) throw new AppError('internal', '[bench] a turn of the session asked nothing');
      turns.push({ always: request, gated: await gated() });
    }
    if (turns.length === before)
      throw new AppError('bad-input', '[bench] the session holds no observation: name other data');
  }
  return turns;
}

/** A model that keeps what it is asked and stays silent. */
function recording(context: number, keep: (request: CompletionRequest) => void): Llm {
  return {
    info: () => ({ alias: 'none', digest: '', state: 'ready', shows: false, context, leaves: false }),
    complete: async (request) => {
      keep(request);
      const cost = { promptTokens: 0, prefillTokens: 0, outputTokens: 0, firstTokenMs: 0, totalMs: 0 };
      const { purpose, promptVersion } = request;
      return {
        text: 'false}',
        receipt: {
          id: newId(),
          at: 0,
          purpose,
          model: 'none',
          promptVersion,
          ...cost,
          memoryBytes: 0,
          stop: 'end',
        },
      };
    },
    score: async () => {
      throw new AppError('internal', '[bench] the session asks for completions alone');
    },
    close: async () => {},
  };
}
