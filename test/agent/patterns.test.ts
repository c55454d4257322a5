import { describe, expect, it } from 'vitest';
import { describe as inWords } from '../../src/observations/describe.ts';
import type { Event } from '../../src/model/event.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { sameTopic } from '../../src/model/topic.ts';
import { createError } from '../../src/agent/proposers/patterns/error.ts';
import { createPatterns } from '../../src/agent/proposers/patterns/index.ts';
import { createLongDocument } from '../../src/agent/proposers/patterns/longDocument.ts';
import { createRenamed } from '../../src/agent/proposers/patterns/renamed.ts';
import { createRepeatedSearch } from '../../src/agent/proposers/patterns/repeatedSearch.ts';
import { createWritingFromSource } from '../../src/agent/proposers/patterns/writingFromSource.ts';
import { contextOf, sentence, testProposer, type Evident } from '../suites/proposer.ts';
import { afk, copy, front, NINE, rename, typing } from './day.ts';

const search = (seconds: number, query: string): Event =>
  front(seconds, 'firefox', `${query} - Google Search — Mozilla Firefox`);
const said = (seconds: number, text: string): Observation => sentence(NINE + seconds * 1000, text);

function live(what: string, names: string, seconds: number, events: readonly Event[]): Evident {
  return { what: `${what} (events)`, names, now: NINE + seconds * 1000, events, observations: [] };
}

function told(what: string, names: string, seconds: number, observations: readonly Observation[]): Evident {
  return { what: `${what} (sentences)`, names, now: NINE + seconds * 1000, events: [], observations };
}

/** The same moment as the log would tell it, in our own descriptions. */
function retold(moment: Evident): Evident {
  let window: Event | undefined;
  const observations = moment.events.flatMap((event) => {
    const text = inWords(event, event.kind === 'window' ? window : undefined);
    if (event.kind === 'window') window = event;
    return text === null ? [] : [sentence(event.at, text)];
  });
  return { ...moment, what: moment.what.replace('events', 'our descriptions'), events: [], observations };
}

/** A live moment, and the same one in our own descriptions. */
function bothOf(...moment: Parameters<typeof live>): readonly Evident[] {
  return [live(...moment), retold(live(...moment))];
}

const dull = [
  {
    events: [
      front(0, 'Thunar', 'Downloads - File Manager'),
      front(20, 'firefox', 'New Tab — Mozilla Firefox'),
      front(40, 'firefox', 'train times Porto - Google Search — Mozilla Firefox'),
      typing(50, 'mousepad', 12),
      copy(60, 'mousepad', 'milk, bread and two lemons'),
      rename(70, 'Downloads', 'draft.md', 'letter.md'),
      front(80, 'code', 'main.ts - shop - Visual Studio Code'),
    ],
    observations: [],
  },
  {
    events: [],
    observations: [
      said(0, 'The user switches to Visual Studio Code.'),
      said(30, "The user opens the file 'main.ts' in Visual Studio Code."),
      said(60, "The user searches for 'train times Porto' on Google."),
      said(90, 'The user scrolls the mouse in a web browser.'),
      said(99, "The user types 'const total = 3' in Visual Studio Code."),
    ],
  },
];

testProposer(
  'repeated search',
  createRepeatedSearch,
  [
    ...bothOf('three wordings', 'KeyError left_on pandas', 130, [
      search(0, 'pandas merge keyerror'),
      front(20, 'firefox', 'How to merge - Stack Overflow — Mozilla Firefox'),
      search(60, 'pandas merge left_on KeyError'),
      search(120, 'KeyError left_on pandas merge different columns'),
    ]),
    told('two wordings', 'porto hotels near river', 100, [
      said(0, "The user searches for 'hotels in Porto near the river' on Google."),
      said(30, 'The user scrolls through the search results.'),
      said(90, "The user types 'porto hotels near river' into the search bar."),
    ]),
  ],
  dull,
);

testProposer(
  'error',
  createError,
  [
    ...bothOf('a copied traceback', "KeyError: 'left_on'", 15, [
      front(0, 'xterm', 'python join.py'),
      copy(
        10,
        'xterm',
        'Traceback (most recent call last):\n  File "join.py", line 3\nKeyError: \'left_on\'',
      ),
    ]),
    ...bothOf('a title', 'TypeError: x is not a function', 8, [
      front(0, 'firefox', 'javascript - TypeError: x is not a function - Stack Overflow — Mozilla Firefox'),
    ]),
    ...bothOf('a search', 'npm ERESOLVE error unable to resolve', 5, [
      search(0, 'npm ERESOLVE error unable to resolve'),
    ]),
    told('a shown error', 'disk quota exceeded', 20, [
      said(0, "The user runs the script 'sync.sh' in the terminal."),
      said(15, "The terminal displays an error message saying 'disk quota exceeded'."),
    ]),
    told('a copied error', "NameError: name 'df' is not defined", 9, [
      said(0, "The user copies the text “NameError: name 'df' is not defined” in Terminal."),
    ]),
  ],
  dull,
);

testProposer(
  'renamed',
  createRenamed,
  [
    ...bothOf('numbered photos', '“IMG_2042.jpg” → “porto-02.jpg”', 70, [
      front(0, 'Thunar', 'Photos - File Manager'),
      rename(30, 'Photos', 'IMG_2041.jpg', 'porto-01.jpg'),
      rename(60, 'Photos', 'IMG_2042.jpg', 'porto-02.jpg'),
    ]),
    told('a date in front', '“plan.md” → “2026-11 plan.md”', 70, [
      said(30, "The user renames 'notes.md' to '2026-11 notes.md' in the folder 'Work'."),
      said(60, "The user renames 'plan.md' to '2026-11 plan.md' in the folder 'Work'."),
    ]),
  ],
  dull,
);

testProposer(
  'long document',
  createLongDocument,
  [
    ...bothOf('a PDF in front for seven minutes', 'lease-agreement.pdf', 440, [
      front(0, 'evince', 'lease-agreement.pdf'),
      { ...typing(200, 'evince', 0), data: { keys: 9, words: 0, corrections: 0, chords: [] } } as Event,
    ]),
    ...bothOf('an article, with a break', 'A short history of tidal power', 900, [
      front(0, 'firefox', 'A short history of tidal power — Mozilla Firefox'),
      afk(300, 'afk'),
      afk(600, 'not-afk'),
      front(620, 'firefox', 'A short history of tidal power — Mozilla Firefox'),
    ]),
    told('a report being read', 'annual-report.pdf', 620, [
      said(0, "The user opens the PDF document 'annual-report.pdf' in the document viewer."),
      said(300, "The user scrolls through the document 'annual-report.pdf'."),
    ]),
  ],
  dull,
);

const essay = 'essay.odt - LibreOffice Writer';
const tides = 'Tidal power - Wikipedia — Mozilla Firefox';

testProposer(
  'writing from a source',
  createWritingFromSource,
  [
    ...bothOf('an essay and its page', 'Tidal power', 400, [
      front(0, 'firefox', tides),
      front(60, 'soffice', essay),
      typing(70, 'soffice', 30),
      front(150, 'firefox', tides),
      front(200, 'soffice', essay),
      typing(220, 'soffice', 25),
      front(300, 'firefox', tides),
      front(390, 'soffice', essay),
    ]),
    told('notes on a site', 'Lunaria', 360, [
      said(0, "The user interacts with Lunaria's website, looking at lamps."),
      said(60, 'The user writes notes about lamps in Visual Studio Code.'),
      said(120, "The user returns to Lunaria's website to compare prices."),
      said(180, 'The user writes a paragraph on prices in Visual Studio Code.'),
      said(300, "The user switches back to Lunaria's website."),
    ]),
  ],
  dull,
);

const first = async (events: readonly Event[], seconds: number): Promise<readonly Proposal[]> => {
  const context = contextOf({ now: NINE + seconds * 1000, events });
  const made = await Promise.all(
    createPatterns().map((each) => each.propose(context, new AbortController().signal)),
  );
  return made.flat();
};

describe('patterns', () => {
  it('say why in plain words', async () => {
    const [made] = await first(
      [
        search(0, 'gimp crop to selection'),
        search(60, 'crop selection gimp how'),
        search(120, 'gimp selection crop'),
      ],
      121,
    );
    expect(made?.why).toBe('Third search for this in two minutes');
    expect(made?.operation).toEqual({ kind: 'search', query: 'gimp selection crop how to example' });
  });

  it('give one topic to one search, however its wording goes on', async () => {
    const words = ['gimp crop selection', 'gimp crop selected tool area', 'gimp crop into different shape'];
    const [second] = await first(
      words.slice(0, 2).map((each, at) => search(at * 60, each)),
      61,
    );
    const [third] = await first(
      words.map((each, at) => search(at * 60, each)),
      121,
    );
    expect(second!.proposer).toBe('pattern:repeated-search');
    expect(sameTopic(second!.topic, third!.topic)).toBe(true);
  });

  it('count the searches for an error', async () => {
    const made = await first(
      [search(0, 'pandas merge keyerror'), search(120, 'keyerror left_on merge pandas')],
      121,
    );
    expect(made[0]!.why).toBe('Second search for this error in two minutes');
  });

  it('give one topic to one error, searched or copied', async () => {
    const [copied] = await first([copy(0, 'xterm', "KeyError: 'left_on'")], 1);
    const [searched] = await first([search(0, "pandas KeyError 'left_on'")], 1);
    expect(sameTopic(copied!.topic, searched!.topic)).toBe(true);
    expect(copied!.task).toBe("Explain “KeyError: 'left_on'” and show the fixed call");
  });

  it('take captured text for data: one line, no control characters, cut', async () => {
    const [made] = await first([copy(0, 'xterm', `ValueError: \u0007${'very '.repeat(200)}long`)], 1);
    expect(made!.task.length).toBeLessThan(200);
    expect(made!.task).not.toMatch(/\p{Cc}/u);
  });

  it('do not take prose about errors, or one search looked at twice, for evidence', async () => {
    expect(await first([copy(0, 'firefox', 'Everybody makes an error now and then.')], 1)).toEqual([]);
    expect(await first([search(0, 'error handling best practices rust')], 1)).toEqual([]);
    expect(
      await first(
        [
          search(0, 'sourdough starter'),
          front(9, 'code', 'a.ts - x - Visual Studio Code'),
          search(20, 'sourdough starter'),
        ],
        21,
      ),
    ).toEqual([]);
  });

  it('see no scheme in renames that have none, or in two folders', async () => {
    expect(
      await first([rename(0, 'A', 'one.md', 'pear.md'), rename(5, 'A', 'two.md', 'plum.md')], 6),
    ).toEqual([]);
    expect(await first([rename(0, 'A', 'a1.md', 'b1.md'), rename(5, 'B', 'a2.md', 'b2.md')], 6)).toEqual([]);
  });
});
