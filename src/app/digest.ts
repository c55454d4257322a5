import type { Assistant } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { DigestAnswer } from '../model/digest.ts';
import type { Feedback, FeedbackLabel, RejectReason } from '../model/feedback.ts';
import { newId } from '../model/id.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { StudyMark } from '../model/study.ts';
import type { Handlers } from '../rpc.ts';
import type { Lifecycle } from '../suggestions/lifecycle.ts';
import { type Asked, digestItems, digestOf } from './digestItems.ts';

/** Channels of the digest. */
export type DigestChannels = Pick<Handlers<Assistant>, 'digest.list' | 'digest.answer'>;

/**
 * The daily digest. Each item is asked once: an answer, or a skip, is a row of feedback that names it. An accept runs
 * nothing, because the moment is gone. `onFeedback` hears of what the lifecycle does not write itself.
 */
export function createDigest(options: {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly lifecycle: Pick<Lifecycle, 'answer'>;
  readonly onFeedback: (feedback: Feedback) => void;
  /** Whether an answer still belongs to the study that its moment was in. */
  readonly collects: (mark: StudyMark) => boolean;
}): DigestChannels {
  const { log, clock, lifecycle } = options;
  // Two windows may answer the same item: the second finds it gone.
  let tail: Promise<unknown> = Promise.resolve();

  async function answer(given: DigestAnswer) {
    const { asked, answered } = await digestItems(log, clock.now());
    const one = asked.find(({ item }) => item.id === given.id);
    if (!one) {
      throw new AppError(
        'not-found',
        '[digest] this moment is not asked about any more: it was answered, forgotten, or is older than a week',
      );
    }
    await take(one, given);
    const left = asked.filter((each) => each !== one);
    return digestOf(left, answered + (given.answer === 'skip' ? 0 : 1));
  }

  async function take({ item, about }: Asked, { answer: word, reason }: DigestAnswer): Promise<void> {
    if (word === 'accept' || word === 'reject') {
      if (!about.suggestion) {
        throw new AppError(
          'bad-input',
          '[digest] nothing was proposed at this moment: answer needed, not-needed or skip',
        );
      }
      const needed = word === 'accept' ? true : needFrom(reason);
      await lifecycle.answer(item.id, word, {
        via: 'digest',
        ...(reason && { reason }),
        ...(needed !== undefined && { needed }),
      });
      return;
    }
    const row = word === 'skip' ? rowOf('expired') : { ...rowOf('missed-need'), needed: word === 'needed' };
    await log.feedback(row);
    options.onFeedback(row);

    function rowOf(label: FeedbackLabel): Feedback {
      const at = clock.now();
      const { suggestion, decision } = about;
      const policy = (suggestion ?? decision)!.policy;
      const study = (suggestion ?? decision)!.study;
      return {
        id: newId(at),
        at,
        ...(suggestion ? { suggestion: suggestion.id } : { decision: decision!.id }),
        seen: item.seen,
        label,
        latency: 0,
        via: 'digest',
        ...(policy && { policy }),
        ...(study && options.collects(study) && { study }),
      };
    }
  }

  return {
    async 'digest.list'() {
      const { asked, answered } = await digestItems(log, clock.now());
      return digestOf(asked, answered);
    },
    'digest.answer'(given) {
      const done = tail.then(() => answer(given));
      tail = done.catch(() => {});
      return done;
    },
  };
}

/** What the reason of a no tells of the need; the others tell nothing. */
function needFrom(reason: RejectReason | undefined): boolean | undefined {
  if (reason === 'not-needed') return false;
  return reason === 'wrong' ? true : undefined;
}
