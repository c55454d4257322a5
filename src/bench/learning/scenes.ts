import type { Event } from '../../model/event.ts';
import type { Operation } from '../../model/proposal.ts';
import type { Random } from '../random.ts';

/** One thing that happens in a scene: everything of an event but its place in time and its name. */
export interface Happening {
  readonly app?: string;
  /** Milliseconds until the next. */
  readonly lasts: number;
  readonly what: Pick<Event, 'kind' | 'data' | 'monitor'>;
}

/** Something that could be offered at the end of a scene, and how often people at large accept its like. */
export interface Offerable {
  readonly proposer: string;
  readonly task: string;
  readonly why: string;
  readonly operation?: Operation;
  /** Share of such tasks that annotators accepted (JUDGEMENT.md, tasks proposed on eleven traces). */
  readonly usual: number;
}

/** A stretch of work that ends in a moment at which an assistant may speak. */
export interface Scene {
  readonly happenings: readonly Happening[];
  readonly offers: readonly Offerable[];
  /** The same share, over all tasks proposed in such a situation. */
  readonly usual: number;
}

const CRAFTS = [
  'kiln',
  'loom',
  'sundial',
  'beehive',
  'compost',
  'tram',
  'harbour',
  'glacier',
  'orchard',
  'archive',
];
const TOPICS = [
  'schedule',
  'budget',
  'survey',
  'map',
  'forecast',
  'inventory',
  'permit',
  'manual',
  'timeline',
  'census',
];
const TURNS = [
  'comparison',
  'template',
  'example',
  'summary',
  'checklist',
  'method',
  'formula',
  'layout',
  'history',
  'index',
];
const ERRORS = [
  'KeyError',
  'Permission denied',
  'segmentation fault',
  'undefined reference',
  'TypeError',
  'connection refused',
];

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const window = (app: string, title: string, seconds: number): Happening => ({
  app,
  lasts: seconds * 1000,
  what: { monitor: 'window', kind: 'window', data: { title } },
});
const keys = (
  app: string,
  count: number,
  chords: readonly ('enter' | 'save' | 'paste')[] = [],
): Happening => ({
  app,
  lasts: count * 200,
  what: {
    monitor: 'keyboard',
    kind: 'keyboard',
    data: { keys: count, words: Math.round(count / 6), corrections: 1, chords: [...chords] },
  },
});
const copied = (app: string, text: string): Happening => ({
  app,
  lasts: 1000,
  what: {
    monitor: 'clipboard',
    kind: 'clipboard',
    data: { content: 'text', size: text.length, words: text.split(' ').length, text },
  },
});

/** What a person does at a desk, each with a topic of its own; the names are made up. */
const SCENES: readonly ((topic: string, random: Random) => Scene)[] = [
  (topic) => ({
    happenings: [
      window('Chromium', 'New Tab - Chromium', 4),
      keys('Chromium', 24, ['enter']),
      window('Chromium', `${topic} - Google Search - Chromium`, 20),
      window('Chromium', `All about the ${topic} - Chromium`, 30),
      keys('Chromium', 30, ['enter']),
      window('Chromium', `best ${topic} - Google Search - Chromium`, 15),
    ],
    offers: [
      {
        proposer: 'pattern:repeated-search',
        task: `Show a worked example for “${topic}”`,
        why: 'the second search for it in other words',
        operation: { kind: 'search', query: `${topic} worked example` },
        usual: 0.6,
      },
      model(`Help with searching for the ${topic}`),
    ],
    usual: 0.52,
  }),
  (topic, random) => {
    const error = `${pick(random, ERRORS)}: ${topic}`;
    return {
      happenings: [
        window('Code', `${topic.replaceAll(' ', '_')}.py - work - Visual Studio Code`, 60),
        keys('Code', 90, ['save']),
        window('Xfce4-terminal', 'Terminal - desk: ~/work', 20),
        keys('Xfce4-terminal', 20, ['enter']),
        copied('Xfce4-terminal', error),
        window('Chromium', `${error} - Google Search - Chromium`, 20),
      ],
      offers: [
        {
          proposer: 'pattern:error',
          task: `Explain the error “${error}” and show a fix`,
          why: 'it was copied and searched for',
          operation: { kind: 'chat', instruction: `Explain ${error}` },
          usual: 0.5,
        },
        model(`Assist with the ${topic} program`),
      ],
      usual: 0.6,
    };
  },
  (topic) => ({
    happenings: [
      window('Evince', `${topic}, final report.pdf`, 200),
      keys('Evince', 40),
      window('Evince', `${topic}, final report.pdf — page 14`, 240),
      keys('Evince', 30),
    ],
    offers: [
      {
        proposer: 'pattern:long-document',
        task: `Summarise “${topic}, final report”`,
        why: 'it has been read for seven minutes',
        operation: { kind: 'chat', instruction: `Summarise the report on ${topic}` },
        usual: 0.57,
      },
      model(`Offer resources on the ${topic}`),
    ],
    usual: 0.35,
  }),
  (topic) => ({
    happenings: [
      window('libreoffice-writer', `${topic}.odt - LibreOffice Writer`, 90),
      keys('libreoffice-writer', 160, ['save']),
      window('Evince', `Notes on the ${topic}.pdf`, 30),
      window('libreoffice-writer', `${topic}.odt - LibreOffice Writer`, 60),
      keys('libreoffice-writer', 120),
      window('Evince', `Notes on the ${topic}.pdf`, 25),
    ],
    offers: [
      {
        proposer: 'pattern:writing-from-source',
        task: `List the points of “Notes on the ${topic}” for the text at hand`,
        why: 'it was looked up twice while writing',
        operation: { kind: 'chat', instruction: `List the points of the notes on ${topic}` },
        usual: 0.41,
      },
      model(`Help to write about the ${topic}`),
    ],
    usual: 0.49,
  }),
  (topic) => ({
    happenings: [
      window('Thunar', `${topic} photos - Thunar`, 60),
      ...[1, 2, 3].map((n): Happening => ({
        lasts: 8000,
        what: {
          monitor: 'files',
          kind: 'file',
          data: {
            action: 'renamed',
            name: `${topic}-0${n}.jpg`,
            from: `IMG_20${n}.jpg`,
            folder: `${topic} photos`,
            type: 'jpg',
            size: 2_000_000,
            binary: true,
          },
        },
      })),
    ],
    offers: [
      {
        proposer: 'pattern:renamed',
        task: `Name the other photos of the ${topic} the same way`,
        why: 'three were renamed by one scheme',
        usual: 0.3,
      },
      model(`Organise the folder of the ${topic}`),
    ],
    usual: 0.35,
  }),
  (topic) => ({
    happenings: [
      window('Slack', `#${topic.replaceAll(' ', '-')} | Slack`, 40),
      keys('Slack', 80, ['enter']),
      window('Slack', `Thread on the ${topic} | Slack`, 50),
      keys('Slack', 40, ['enter']),
    ],
    offers: [
      {
        proposer: 'pattern:unanswered-question',
        task: `Answer the question on the ${topic} that is still open`,
        why: 'it was asked an hour ago',
        operation: { kind: 'chat', instruction: `Draft an answer on ${topic}` },
        usual: 0.4,
      },
      model(`Assist with the talk on the ${topic}`),
    ],
    usual: 0.35,
  }),
  (topic) => ({
    happenings: [
      window('thunderbird', `Re: ${topic} - Mozilla Thunderbird`, 60),
      copied('thunderbird', `${topic} 12 14 19`),
      window('libreoffice-calc', `${topic}.ods - LibreOffice Calc`, 40),
      keys('libreoffice-calc', 4, ['paste']),
    ],
    offers: [
      {
        proposer: 'pattern:pasted-data',
        task: `Make a table of the pasted figures on the ${topic}`,
        why: 'they were pasted as one text',
        operation: { kind: 'chat', instruction: `Make a table on ${topic}` },
        usual: 0.35,
      },
      model(`Open a tutorial on the ${topic}`),
    ],
    usual: 0.25,
  }),
];

function model(task: string): Offerable {
  return { proposer: 'model', task, why: 'the model found it useful', usual: 0.32 };
}

/** One scene, its kind and topic drawn. */
export function drawScene(random: Random): Scene {
  const topic = `${pick(random, CRAFTS)} ${pick(random, TOPICS)} ${pick(random, TURNS)} ${Math.floor(random() * 1000)}`;
  return pick(random, SCENES)(topic, random);
}
