import type { Event } from '../../model/event.ts';
import { newId } from '../../model/id.ts';
import { createRandom, type Random } from '../random.ts';
import type { RecordedDay } from '../skips/days.ts';

/** A kind of work, by how its hours go: how long a stay in a window is, how much of it is typing, and where it leads. */
interface Work {
  readonly name: string;
  /** App and titles of its own windows. */
  readonly places: readonly (readonly [string, readonly string[]])[];
  /** Seconds in one window, and the share of them that is typing. */
  readonly stay: number;
  readonly typing: number;
  /** Seconds of a burst of keys, and between two. */
  readonly burst: number;
  readonly pause: number;
  /** Chances of a save after a burst, of a search that is worded again, and of an error, at each stay. */
  readonly save: number;
  readonly search: number;
  readonly error: number;
}

const SEARCHES = [
  ['merge two tables by date', 'merge tables on date column', 'join two tables by nearest date'],
  ['quarterly report layout', 'report layout for a quarter', 'quarterly report page layout'],
  ['write about river floods', 'river floods article', 'how to write about river floods'],
  ['reset dns cache laptop', 'clear dns cache', 'dns cache reset command laptop'],
] as const;
const ERRORS = [
  'TypeError: cannot read property rows of undefined',
  'KeyError: station',
  'Connection refused: port 5432',
];

/** Seven kinds; none is a record of anybody. */
const WORK: readonly Work[] = [
  {
    name: 'prose',
    places: [
      ['libreoffice', ['Draft chapter.odt - LibreOffice Writer']],
      ['firefox', ['River floods - Encyclopaedia — Mozilla Firefox']],
    ],
    stay: 240,
    typing: 0.75,
    burst: 25,
    pause: 7,
    save: 0.15,
    search: 0.15,
    error: 0,
  },
  {
    name: 'prose without a pause',
    places: [
      ['libreoffice', ['Essay.odt - LibreOffice Writer']],
      ['firefox', ['Sources - Library — Mozilla Firefox']],
    ],
    stay: 600,
    typing: 0.97,
    burst: 40,
    pause: 2,
    save: 0.02,
    search: 0.15,
    error: 0,
  },
  {
    name: 'programming',
    places: [
      ['code', ['merge.py - stations - Visual Studio Code', 'test_merge.py - stations - Visual Studio Code']],
      ['xterm', ['pytest — stations']],
      ['firefox', ['pandas merge documentation — Mozilla Firefox']],
    ],
    stay: 70,
    typing: 0.5,
    burst: 10,
    pause: 6,
    save: 0.4,
    search: 0.2,
    error: 0.2,
  },
  {
    name: 'reading and research',
    places: [
      [
        'firefox',
        [
          'Open questions of flood models - Journal — Mozilla Firefox',
          'Flood model comparison — Mozilla Firefox',
        ],
      ],
      ['evince', ['survey-2024.pdf']],
      ['libreoffice', ['Notes.odt - LibreOffice Writer']],
    ],
    stay: 110,
    typing: 0.15,
    burst: 8,
    pause: 12,
    save: 0.05,
    search: 0.3,
    error: 0,
  },
  {
    name: 'office',
    places: [
      ['thunderbird', ['Inbox - Mozilla Thunderbird', 'Write: minutes - Mozilla Thunderbird']],
      ['libreoffice', ['budget.ods - LibreOffice Calc']],
      ['firefox', ['Calendar — Mozilla Firefox']],
    ],
    stay: 45,
    typing: 0.4,
    burst: 9,
    pause: 5,
    save: 0.2,
    search: 0.12,
    error: 0,
  },
  {
    name: 'support chat',
    places: [
      ['slack', ['support - Slack', 'incidents - Slack']],
      ['firefox', ['Ticket 1423 — Mozilla Firefox']],
      ['xterm', ['logs — server']],
    ],
    stay: 25,
    typing: 0.6,
    burst: 6,
    pause: 4.5,
    save: 0,
    search: 0.1,
    error: 0.12,
  },
  {
    name: 'one window all day',
    places: [['xterm', ['vim thesis.tex']]],
    stay: 1500,
    typing: 0.6,
    burst: 15,
    pause: 6,
    save: 0.1,
    search: 0,
    error: 0.4,
  },
];

/** Makes days of each kind of work, eight hours with a lunch; the same for the same seed. They are generated, and named so. */
export function generatedDays(seed: number, each: number): readonly RecordedDay[] {
  return WORK.flatMap((work, kind) =>
    Array.from({ length: each }, (_, n) => ({
      name: `generated: ${work.name} ${n + 1}`,
      events: dayOf(work, createRandom(seed * 1000 + kind * 100 + n), n),
    })),
  );
}

function dayOf(work: Work, random: Random, number: number): Event[] {
  const events: Event[] = [];
  const start = Date.UTC(2026, 2, 2 + number, 8);
  const end = start + 8 * 3_600_000;
  let now = start;
  const id = () => newId(now);
  const about = (seconds: number) => Math.round(seconds * 1000 * (0.4 + 1.2 * random()));
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const window = (app: string, title: string, ms: number) => {
    events.push({ id: id(), at: now, duration: ms, monitor: 'window', app, kind: 'window', data: { title } });
  };
  const keys = (app: string, ms: number, save: boolean) => {
    const many = Math.max(1, Math.round(ms / 250));
    const data = {
      keys: many,
      words: Math.round(many / 6),
      corrections: 0,
      chords: save ? (['save'] as const) : [],
    };
    events.push({
      id: id(),
      at: now,
      duration: ms,
      monitor: 'keyboard',
      app,
      kind: 'keyboard',
      data: { ...data, chords: [...data.chords] },
    });
  };
  const afk = (status: 'afk' | 'not-afk') => {
    events.push({ id: id(), at: now, duration: 0, monitor: 'idle', kind: 'afk', data: { status } });
  };

  afk('not-afk');
  let lunch = false;
  while (now < end) {
    if (!lunch && now - start > 4 * 3_600_000) {
      lunch = true;
      afk('afk');
      now += 2_400_000;
      afk('not-afk');
    }
    const [app, titles] = any(work.places);
    const until = now + about(work.stay);
    window(app, any(titles), until - now);
    if (random() < work.search) {
      for (const words of any(SEARCHES)) {
        window('firefox', `${words} - Google Search — Mozilla Firefox`, 12_000);
        now += 1500;
        keys('firefox', 4000, false);
        now += 4000 + about(8);
      }
    }
    if (random() < work.error) {
      const text = any(ERRORS);
      const data = { content: 'text' as const, size: text.length, words: 5, text };
      events.push({ id: id(), at: now, duration: 0, monitor: 'clipboard', app, kind: 'clipboard', data });
    }
    while (now < until) {
      if (random() >= work.typing) {
        now += about(work.pause * 2);
        continue;
      }
      const burst = about(work.burst);
      keys(app, burst, random() < work.save);
      now += burst + about(work.pause);
    }
  }
  return events;
}
