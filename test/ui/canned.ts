import type { ModelChoice } from '../../src/contract.ts';
import type { Decision } from '../../src/model/decision.ts';
import { newId } from '../../src/model/id.ts';
import type { Health } from '../../src/model/monitor.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Suggestion, SuggestionState } from '../../src/model/suggestion.ts';

const MINUTE = 60_000;
/** A local afternoon of today, or now when it is earlier, so that the day strip always has a day. */
const END = Date.now();
const START = Math.max(new Date(END).setHours(0, 0, 0, 0), END - 7 * 60 * MINUTE);

const SCENES = [
  ['Visual Studio Code', 'window', 'The user works on “test_merge.py” in Visual Studio Code.'],
  ['Visual Studio Code', 'keyboard', 'The user types 48 words with 5 corrections, then saves.'],
  ['Visual Studio Code', 'file', 'The user saves “test_merge.py” in src.'],
  ['Firefox', 'window', 'The user searches for “KeyError left_on pandas merge” in Firefox.'],
  ['Firefox', 'clipboard', "The user copies 9 words: “KeyError: 'left_on' while merging two frames”."],
  ['Evince', 'window', 'The user reads “Attention Is Not All You Need.pdf” in Evince.'],
  ['Visual Studio Code', 'window', 'The user works on “merge.py” in Visual Studio Code.'],
  ['Thunderbird', 'window', 'The user reads a message from [NAME] in Thunderbird.'],
  [undefined, 'afk', 'The user leaves the machine.'],
  [undefined, 'dropped', '3 window titles were dropped: excluded app.'],
] as const;

/** `count` observations spread over the day so far, newest first. */
export function observations(count: number): Observation[] {
  const step = (END - START) / count;
  return Array.from({ length: count }, (_, at): Observation => {
    const [app, kind, event] = SCENES[Math.floor(at * (count > 100 ? 1 : 0.6)) % SCENES.length]!;
    const id = newId(Math.round(START + at * step));
    return {
      id,
      time: Math.round(START + at * step),
      duration: kind === 'window' ? Math.round(step * 3.4) : 0,
      kind,
      ...(app && { app }),
      event: count > 100 ? `${event.slice(0, -1)}, number ${at}.` : event,
      sources: [id],
    };
  }).toReversed();
}

const WORDED: readonly (readonly [
  SuggestionState,
  number,
  string,
  string,
  Suggestion['proposal']['operation'],
])[] = [
  [
    'held',
    14,
    "Explain “KeyError: 'left_on'” and show the fixed call",
    'Third search for this error in two minutes',
    { kind: 'chat', instruction: "Explain KeyError: 'left_on' of pandas.merge and show the corrected call." },
  ],
  [
    'ignored',
    96,
    'Summarise “Attention Is Not All You Need” (14 pages)',
    'Open for 9 minutes, scrolled to the end twice',
    { kind: 'chat', instruction: 'Summarise the open document in five sentences.' },
  ],
  [
    'accepted',
    170,
    'Search for a pandas merge on two different key columns',
    'Copied, then searched twice in other words',
    { kind: 'search', query: 'pandas merge left_on right_on example' },
  ],
  ['rejected', 240, 'Rename the other 11 photos by the same scheme', 'Two photos renamed alike', undefined],
];

/** Four suggestions of the day, newest first. */
export function suggestions(): Suggestion[] {
  return WORDED.map(([state, ago, task, why, operation]) => {
    const at = END - ago * MINUTE;
    return {
      id: newId(at),
      at,
      proposal: {
        task,
        why,
        message:
          'It looks like the merge fails because the column exists in one frame only. Shall I explain it?',
        ...(operation && { operation }),
        topic: task.toLowerCase(),
        proposer: 'pattern:repeated-search',
        lifetime: 600_000,
      },
      seen: observations(40).slice(0, 8).toReversed(),
      gate: {
        probability: 0.81,
        reasons: [
          'results of a search are on screen',
          'the same words were searched before',
          'a pause in typing',
        ],
      },
      reward: { judgement: 'accepted', probability: 0.74, by: 'linear-1' },
      reasons: ['an error message was copied and then searched'],
      state,
      history: [
        { state: 'held', at },
        ...(state === 'held'
          ? []
          : [
              { state: 'shown' as const, at: at + 4000 },
              { state, at: at + 20_000 },
            ]),
      ],
      policy: { threshold: 0.6, propensity: 1, eagerness: 0.4 },
      promptVersion: 'p3',
    };
  });
}

/** A trail of turns: most end in silence. */
export function decisions(): Decision[] {
  const ends = ['gate', 'gate', 'rule', 'silence', 'gate', 'policy'] as const;
  const words = {
    gate: 'the gate says 0.31, below 0.60',
    rule: 'cool-down: the last suggestion was two minutes ago',
    silence: 'the model chose silence',
    policy: 'the same task was dismissed before',
  };
  return Array.from({ length: 24 }, (_, at): Decision => {
    const outcome = ends[at % ends.length]!;
    return {
      id: newId(),
      at: END - at * 3 * MINUTE,
      outcome,
      reason: words[outcome],
      gate: { probability: 0.31, reasons: [] },
      receipts: [],
      ms: outcome === 'silence' ? 420 : 0.4,
    };
  });
}

/** The receipts of one decision that made `suggestion`. */
export function decisionOf(suggestion: Suggestion): Decision {
  return {
    id: newId(),
    at: suggestion.at,
    outcome: 'proposal',
    reason: 'repeated search',
    gate: suggestion.gate,
    task: suggestion.proposal.task,
    suggestion: suggestion.id,
    ms: 640,
    receipts: [
      {
        id: newId(),
        at: suggestion.at,
        purpose: 'decide',
        model: 'smollm2-135m',
        promptVersion: 'p3',
        promptTokens: 1840,
        prefillTokens: 62,
        outputTokens: 31,
        firstTokenMs: 210,
        totalMs: 612,
        memoryBytes: 310e6,
        stop: 'end',
      },
    ],
  };
}

/** A small one installed, a middle one, a large one that does not fit. */
export function models(): ModelChoice[] {
  const common = {
    licence: 'Apache-2.0',
    installed: false,
    inUse: false,
    shows: true,
    answers: true,
  } as const;
  return [
    {
      ...common,
      alias: 'smollm2-135m',
      title: 'SmolLM2 135M',
      summary: 'Tiny and quick. Runs anywhere; patterns do the talking.',
      bytes: 98e6,
      memoryBytes: 310e6,
      installed: true,
      inUse: true,
      fits: true,
      shows: false,
      pinned: 'shipped',
    },
    {
      ...common,
      alias: 'qwen3-4b',
      title: 'Qwen3 4B',
      summary: 'Words suggestions well. For 8 GB and more.',
      bytes: 2.5e9,
      memoryBytes: 3.6e9,
      fits: true,
      pinned: 'first-download',
    },
    {
      ...common,
      alias: 'qwen3-14b',
      title: 'Qwen3 14B',
      summary: 'The best answers. For 32 GB.',
      bytes: 9e9,
      memoryBytes: 11.5e9,
      fits: false,
      pinned: 'none',
    },
  ];
}

/** Five sources, all well. */
export function sources(): Health[] {
  return ['window', 'clipboard', 'keyboard', 'files', 'idle'].map((name) => ({
    name,
    state: 'healthy',
    events: 240,
    restarts: 0,
    provenAt: Date.now(),
    proof: 'what it told last against what the desktop says now',
  }));
}
