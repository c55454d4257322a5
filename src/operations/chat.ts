import { asAppError, assertNever } from '../errors.ts';
import type { Receipt } from '../model/decision.ts';
import type { Answer } from '../model/feedback.ts';
import type { Completion, CompletionRequest, Llm, LlmInfo } from '../model/llm.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { type Ended, plain } from './ended.ts';
import { answerFromEvidence, modelAdds } from './evidence.ts';
import { createThrottle } from './throttle.ts';

/** Milliseconds between two looks at an answer that is being written: 20 a second reads as flowing. */
const SHOW_EVERY = 50;
/** Milliseconds between two saves of one that is being written: what a crash of the whole program may cost. */
const SAVE_EVERY = 2000;

const NOTE_MAX = 500;

/** What of an answer changes as it is written. */
export type Written = Pick<Answer, 'text' | 'state' | 'note' | 'larger' | 'undoable'>;

/** How one answer is written. `show` and `save` get it whole each time; `save` is last called with the final one. */
export interface Chat {
  readonly llm: Llm;
  readonly request: CompletionRequest;
  /** Whether the model in use is good enough to write what was asked for. */
  readonly shows: boolean;
  /**
   * What is written without a model, what it is, and what a larger one would add, in words that follow "so this" and
   * "would"; the evidence's unless told.
   */
  readonly without?: { readonly text: string; readonly is: string; readonly adds: string };
  /** A sentence that the note of every ending has, such as what was not read. */
  readonly remark?: string;
  readonly signal: AbortSignal;
  readonly show: (written: Written) => void;
  readonly save: (written: Written) => Promise<void>;
}

/**
 * Writes the answer to an accepted suggestion, by the model where its text is fit to show, else from the evidence.
 * Never rejects for the model's sake: whatever happens to it, what was written stays and the note says why it ended.
 * Rejects as `save` does, once the writing has ended.
 */
export async function chat(suggestion: Suggestion, options: Chat): Promise<Ended> {
  const { llm, signal, show, save } = options;
  /** The save that is under way: the final one must come after it. */
  let saving: Promise<void> = Promise.resolve();
  const finish = async (written: Written, ended: Ended) => {
    const note = [options.remark, written.note].filter(Boolean).join(' ').slice(0, NOTE_MAX);
    const last = note ? { ...written, note } : written;
    await saving;
    await save(last);
    show(last);
    return ended;
  };
  const fromEvidence = (why: string, spent?: Receipt) =>
    finish(
      {
        text: options.without?.text ?? answerFromEvidence(suggestion),
        state: 'done',
        note: `${why} A larger model would ${options.without?.adds ?? modelAdds(suggestion)}: choose one on the Models screen.`,
        larger: true,
      },
      {
        result: 'done',
        detail: `without a model: ${why}`.slice(0, 1000),
        ...(spent && { receipts: [spent] }),
      },
    );

  const info = llm.info();
  const unfit = whyNot(info, options.shows, options.without?.is ?? 'comes from your own last steps');
  if (unfit) return fromEvidence(unfit);

  let text = '';
  const keep = () => {
    // A save on the way that fails costs nothing yet: the last one tells.
    saving = save({ text, state: 'writing' }).catch(() => {});
  };
  const saves = createThrottle(SAVE_EVERY, keep, performance.now());
  const shows = createThrottle(SHOW_EVERY, () => show({ text, state: 'writing' }));
  const onText = (piece: string) => {
    text += piece;
    shows.ask();
    saves.ask();
  };
  shows.ask();
  let completion: Completion;
  try {
    completion = await llm.complete({ ...options.request, onText }, signal);
  } catch (thrown) {
    const { message } = asAppError(thrown, 'model-failed', 'operation:chat');
    if (!text.trim()) return fromEvidence(`The model could not answer. ${plain(message)}.`);
    return finish(
      {
        text,
        state: 'failed',
        note: `The model failed while writing; this is what it had written. ${plain(message)}.`,
      },
      { result: 'failed', detail: message.slice(0, 1000) },
    );
  } finally {
    shows.stop();
    saves.stop();
  }
  const whole = completion.text || text;
  const { receipt } = completion;
  if (!whole.trim() && receipt.stop !== 'abort') {
    return fromEvidence(
      receipt.stop === 'timeout' ? 'The model did not begin in time.' : 'The model wrote nothing.',
      receipt,
    );
  }
  return finish({ text: whole, ...endOf(receipt, info) }, auditOf(receipt, info));
}

const LARGER = 'A larger one writes better: choose it in Settings.';

/** Why the model in use should not write this, in one sentence, or null when it may. */
function whyNot(info: LlmInfo, shows: boolean, is: string): string | null {
  switch (info.state) {
    case 'loading':
    case 'ready':
      return shows ? null : `The model in use (${info.alias}) is too small to write answers, so this ${is}.`;
    case 'off':
      return `No model is switched on, so this ${is}.`;
    case 'missing':
    case 'damaged':
    case 'failed':
      return info.reason
        ? `${plain(info.reason).replace(/\.$/, '')}.`
        : `The model is ${info.state === 'failed' ? 'not running' : info.state}.`;
    default:
      return assertNever(info.state, 'operation:chat');
  }
}

function endOf(receipt: Receipt, info: LlmInfo): Pick<Answer, 'state' | 'note' | 'larger'> {
  const small =
    info.shows || info.answers
      ? ''
      : `Written by a small model (${info.alias}): check it before you use it. ${LARGER}`;
  const offer = small ? { larger: true } : {};
  const note = (words: string) => ({ note: [words, small].filter(Boolean).join(' '), ...offer });
  switch (receipt.stop) {
    case 'end':
      return { state: 'done', ...(small ? { note: small, ...offer } : {}) };
    case 'length':
      return { state: 'done', ...note('It ends here because it reached the length limit.') };
    case 'abort':
      return { state: 'stopped', ...(small ? { note: small, ...offer } : {}) };
    case 'timeout':
      return { state: 'failed', ...note('The time for an answer ran out; this is what was written.') };
    case 'error':
      return { state: 'failed', ...note('The model failed while writing; this is what it had written.') };
    default:
      return assertNever(receipt.stop, 'operation:chat');
  }
}

function auditOf(receipt: Receipt, info: LlmInfo): Ended {
  const cost = `${info.alias}: ${receipt.prefillTokens} + ${receipt.outputTokens} tokens in ${Math.round(receipt.totalMs)} ms`;
  const receipts = [receipt];
  if (receipt.stop === 'abort') return { result: 'stopped', detail: cost, receipts };
  const failed = receipt.stop === 'timeout' || receipt.stop === 'error';
  return { result: failed ? 'failed' : 'done', detail: failed ? `${receipt.stop}; ${cost}` : cost, receipts };
}
