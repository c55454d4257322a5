import type { Feedback } from '../model/feedback.ts';
import { type Category, labelOf } from '../model/label.ts';
import type { LeftOut } from '../model/exporting.ts';
import type { AgentWording, JudgeWording, Prompt, Wording } from './wording.ts';

/** What a model is asked and what it should say. */
export interface Example {
  readonly prompt: Prompt;
  readonly reply: string;
  /** For the judge: by which training balances its rows. */
  readonly category?: Category;
}

/**
 * What the agent should have said: the offer that was accepted, or silence where the person said that no help was
 * wanted. Where help was wanted but the right offer is not known, there is none.
 */
export function agentExample(feedback: Feedback, { agent }: Wording): Example | LeftOut {
  const label = labelOf(feedback);
  if (typeof label === 'string') return label;
  const { pred_task, valid, help_needed } = label;
  if (pred_task !== null && valid) return withReply(feedback, agent, agent.reply(feedback.proposal ?? null));
  if (help_needed === null) return 'need-unknown';
  if (help_needed) return 'answer-unknown';
  return withReply(feedback, agent, agent.reply(null));
}

/** What the judge should have said of a proposal or a silence: the person's answer. The need is not asked for. */
export function judgeExample(
  feedback: Feedback,
  { judge }: { readonly judge: JudgeWording },
): Example | LeftOut {
  const label = labelOf(feedback);
  if (typeof label === 'string') return label;
  const about = label.pred_task === null ? null : (feedback.proposal ?? null);
  return {
    prompt: judge.prompt(feedback.seen, about),
    reply: judge.reply(label.valid),
    category: label.category,
  };
}

/** Which of two things the agent could have said was preferred. */
export interface Preference {
  readonly prompt: Prompt;
  readonly chosen: string;
  readonly rejected: string;
}

/**
 * An accepted offer is preferred to silence, and silence to a dismissed one, whatever the reason, except `wrong`:
 * there help was wanted, and the pair would teach silence where an offer was due.
 */
export function preference(feedback: Feedback, { agent }: Wording): Preference | LeftOut {
  const label = labelOf(feedback);
  if (typeof label === 'string') return label;
  const { pred_task, valid, help_needed } = label;
  if (pred_task === null && !valid) return 'answer-unknown';
  if (pred_task === null) return 'no-task';
  if (!valid && help_needed === true) return 'answer-unknown';
  const offer = agent.reply(feedback.proposal ?? null);
  const silence = agent.reply(null);
  if (offer === null || silence === null) return 'not-sayable';
  const [chosen, rejected] = valid ? [offer, silence] : [silence, offer];
  return { prompt: agent.prompt(feedback.seen), chosen, rejected };
}

/** What the agent said, a proposal or silence, and whether the person found it right. */
export function unpaired(
  feedback: Feedback,
  { agent }: Wording,
): (Example & { readonly valid: boolean }) | LeftOut {
  const label = labelOf(feedback);
  if (typeof label === 'string') return label;
  const said = label.pred_task === null ? null : (feedback.proposal ?? null);
  const example = withReply(feedback, agent, agent.reply(said));
  return typeof example === 'string' ? example : { ...example, valid: label.valid };
}

function withReply({ seen }: Feedback, agent: AgentWording, reply: string | null): Example | LeftOut {
  return reply === null ? 'not-sayable' : { prompt: agent.prompt(seen), reply };
}
