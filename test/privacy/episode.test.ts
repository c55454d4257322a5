import { describe, expect, it } from 'vitest';
import { createEpisode } from '../../src/privacy/episode.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { redact } from '../../src/privacy/redact.ts';
import { Settings } from '../../src/model/settings.ts';

const MINUTE = 60_000;
const morning = new Date(2026, 10, 24, 9, 0).getTime();

function clock(start = morning): { now: () => number; wait: (ms: number) => void } {
  let at = start;
  return {
    now: () => at,
    wait: (ms) => {
      at += ms;
    },
  };
}

describe('an episode', () => {
  it('gives a value the same number in every text', () => {
    const episode = createEpisode({ now: () => morning });
    const one = (text: string): string => redact(text, { episode }).text;
    expect(one('Mail to ada@a.org')).toBe('Mail to [EMAIL_1]');
    expect(one('bob@b.org and ADA@a.org')).toBe('[EMAIL_2] and [EMAIL_1]');
    expect(one('4111 1111 1111 1111')).toBe('[CARD_1]');
    expect(one('pay with 4111-1111-1111-1111')).toBe('pay with [CARD_1]');
  });

  it('leaves placeholders of an earlier pass alone, and gives no new value their number', () => {
    const episode = createEpisode({ now: () => morning });
    const one = (text: string): string => redact(text, { episode }).text;
    expect(one('[EMAIL_7] wrote to ada@a.org')).toBe('[EMAIL_7] wrote to [EMAIL_8]');
    expect(one('[EMAIL_7] wrote to [EMAIL_8]')).toBe('[EMAIL_7] wrote to [EMAIL_8]');
  });

  it('ends after half an hour without events', () => {
    const time = clock();
    const episode = createEpisode({ now: time.now });
    episode.touch();
    expect(episode.number('EMAIL', 'a', 0)).toBe(1);
    for (let turn = 0; turn < 5; turn += 1) {
      time.wait(29 * MINUTE);
      episode.touch();
    }
    expect(episode.number('EMAIL', 'b', 0)).toBe(2);
    time.wait(31 * MINUTE);
    episode.touch();
    expect(episode.size()).toBe(0);
    expect(episode.number('EMAIL', 'b', 0)).toBe(1);
  });

  it('ends at midnight, and on a day that the clock goes back to; not when it goes back by a minute', () => {
    const time = clock(new Date(2026, 10, 24, 23, 59).getTime());
    const episode = createEpisode({ now: time.now });
    episode.number('EMAIL', 'a', 0);
    time.wait(-MINUTE);
    episode.touch();
    expect(episode.size()).toBe(1);
    time.wait(3 * MINUTE);
    episode.touch();
    expect(episode.size()).toBe(0);
    episode.number('EMAIL', 'a', 0);
    time.wait(-2 * 24 * 60 * MINUTE);
    episode.touch();
    expect(episode.size()).toBe(0);
  });

  it('is bounded: the value not seen for longest loses its number', () => {
    const episode = createEpisode({ now: () => morning, limit: 3 });
    for (const value of ['a', 'b', 'c', 'a', 'd']) episode.number('EMAIL', value, 0);
    expect(episode.size()).toBe(3);
    expect(episode.number('EMAIL', 'a', 0)).toBe(1);
    expect(episode.number('EMAIL', 'b', 0)).toBe(5);
  });

  it('begins again rather than give a number of five digits', () => {
    const episode = createEpisode({ now: () => morning });
    expect(episode.number('EMAIL', 'a', 9998)).toBe(9999);
    expect(episode.number('EMAIL', 'b', 0)).toBe(1);
  });
});

describe('the guard', () => {
  it('holds one episode for every source', () => {
    const time = clock();
    const guard = createGuard({
      settings: () => Settings.parse({}),
      now: time.now,
      person: {},
      region: 'US',
    });
    expect(guard.redact('Re: ada@a.org - Mail', 'window').text).toBe('Re: [EMAIL_1] - Mail');
    expect(guard.redact('bob@b.org', 'clipboard').text).toBe('[EMAIL_2]');
    expect(guard.redact('write to ada@a.org', 'keyboard').text).toBe('write to [EMAIL_1]');
    expect(guard.redact('bob@b.org.txt', 'file').text).toContain('[EMAIL_');
    time.wait(10 * MINUTE);
    guard.before({ source: 'idle' });
    time.wait(25 * MINUTE);
    expect(guard.redact('ada@a.org', 'clipboard').text).toBe('[EMAIL_1]');
    time.wait(31 * MINUTE);
    expect(guard.redact('zoe@z.org', 'clipboard').text).toBe('[EMAIL_1]');
  });
});
