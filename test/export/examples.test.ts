import { describe, expect, it } from 'vitest';
import { agentExample, judgeExample, preference, unpaired } from '../../src/export/examples.ts';
import { answers } from './day.ts';
import { wording } from './fakes.ts';

/** What each answer of the day gives, newest last; a reply as its first letters. */
const NAMES = [
  'accepted',
  'edited',
  'bare reject',
  'not-needed',
  'wrong',
  'too-late',
  'never-here',
  'ignored',
  'snoozed',
  'expired',
  'missed need',
  'right silence',
];
const say = (reply: string) =>
  reply === '{"help":false}' ? 'silence' : reply.startsWith('{"help":true') ? 'offer' : reply;
const table = (of: (feedback: ReturnType<typeof answers>[number]) => string) =>
  Object.fromEntries(answers().map((feedback, at) => [NAMES[at], of(feedback)]));
const none = { ignored: 'ignored', snoozed: 'snoozed', expired: 'expired' };

describe('what an answer teaches', () => {
  it('the agent: the offer that was accepted, silence where none was wanted, nothing where nobody knows', () => {
    expect(
      table((each) => {
        const found = agentExample(each, wording);
        return typeof found === 'string' ? found : say(found.reply);
      }),
    ).toEqual({
      accepted: 'offer',
      edited: 'offer',
      'bare reject': 'need-unknown',
      'not-needed': 'silence',
      wrong: 'answer-unknown',
      'too-late': 'need-unknown',
      'never-here': 'need-unknown',
      ...none,
      'missed need': 'answer-unknown',
      'right silence': 'silence',
    });
  });

  it('the judge: every answer, need known or not', () => {
    expect(
      table((each) => {
        const found = judgeExample(each, wording);
        return typeof found === 'string' ? found : `${found.reply} ${found.category!.slice(-4)}`;
      }),
    ).toEqual({
      accepted: 'accepted (CD)',
      edited: 'accepted (CD)',
      'bare reject': 'rejected (FA)',
      'not-needed': 'rejected (FA)',
      wrong: 'rejected (FA)',
      'too-late': 'rejected (FA)',
      'never-here': 'rejected (FA)',
      ...none,
      'missed need': 'rejected (MN)',
      'right silence': 'accepted (CR)',
    });
  });

  it('a preference: an offer over silence or silence over an offer, never silence where help was wanted', () => {
    expect(
      table((each) => {
        const found = preference(each, wording);
        return typeof found === 'string' ? found : `${say(found.chosen)} over ${say(found.rejected)}`;
      }),
    ).toEqual({
      accepted: 'offer over silence',
      edited: 'offer over silence',
      'bare reject': 'silence over offer',
      'not-needed': 'silence over offer',
      wrong: 'answer-unknown',
      'too-late': 'silence over offer',
      'never-here': 'silence over offer',
      ...none,
      'missed need': 'answer-unknown',
      'right silence': 'no-task',
    });
  });

  it('an unpaired preference: what was said, and whether it was right', () => {
    expect(
      table((each) => {
        const found = unpaired(each, wording);
        return typeof found === 'string' ? found : `${say(found.reply)} ${found.valid}`;
      }),
    ).toEqual({
      accepted: 'offer true',
      edited: 'offer true',
      'bare reject': 'offer false',
      'not-needed': 'offer false',
      wrong: 'offer false',
      'too-late': 'offer false',
      'never-here': 'offer false',
      ...none,
      'missed need': 'silence false',
      'right silence': 'silence true',
    });
  });
});
