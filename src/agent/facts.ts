import type { Fact } from '../model/agent.ts';
import type { Event } from '../model/event.ts';
import { contentWords, sameTopic, topicOf } from '../model/topic.ts';
import { stepsFromEvents } from './events.ts';
import { stepsFromSentences } from './sentences.ts';
import type { Step } from './steps.ts';

/** How fast a search, and an error, are forgotten: per event, from JUDGEMENT.md. */
const SEARCH_DECAY = 0.6;
const ERROR_DECAY = 0.7;
const RECENT = 5;
/** Beyond this a text is long, whatever its length. */
const MOST_WORDS = 40;
/** Only this many steps back can a fact reach; keeps the gate under a millisecond. */
const REACH = 40;
/** The means of the trained windows: above them a step says much. */
const A_LOT = 0.46;
const A_LOT_OF_FIVE = 0.77;
/** Yesterday's steps say nothing about now. */
const DAY_MS = 86_400_000;

/** Words that our sentences use for the act rather than for what it is about. */
const FRAME = new Set(
  contentWords(
    'user types typed writes switches switched opens opened clicks clicked scrolls scrolled copies copied pastes pasted ' +
      'browser web window application page tab title search searches searched results result google bing text words keys ' +
      'presses pressed folder named file saves saved modifies renames renamed project visual studio code chrome firefox ' +
      'back mouse multiple times continues interacts navigates reads looks looking at screen computer document reading working terminal asking assistant error message text list comes returns shows line ' +
      'mail mailbox inbox through chatting chat created creates deleted changed image pressed using homepage visited viewed entry content undo ',
  ),
);

/** Facts of a live window of events, newest last. Same names as `factsFromSentences`. */
export function factsFromEvents(events: readonly Event[], now: number): readonly Fact[] {
  return factsOf(stepsFromEvents(events.slice(-4 * REACH)), now);
}

/** Facts of a window of sentences (ProactiveBench's `obs`, or our own descriptions), newest last. Times are epoch milliseconds. */
export function factsFromSentences(
  sentences: readonly { readonly time: number; readonly event: string }[],
  now: number,
): readonly Fact[] {
  return factsOf(stepsFromSentences(sentences.slice(-2 * REACH)), now);
}

function factsOf(all: readonly Step[], now: number): readonly Fact[] {
  const steps = all.filter((step) => step.afk === undefined && now - step.at <= DAY_MS).slice(-REACH);
  const last = steps.at(-1);
  const five = steps.slice(-RECENT);
  const search = decay(steps, (step) => step.asks === true || step.results === true, SEARCH_DECAY);
  const error = decay(steps, (step) => step.error !== undefined, ERROR_DECAY);
  const again = searchedAgain(steps);
  const asks = last?.asks === true;
  const results = last?.results === true;
  const idle = flag(last?.passive === true && !results);
  const raw = share(five, (step) => step.raw === true);
  const chat = last?.chat === true;
  const says = words(last ? [last] : []);
  const fiveSay = words(five);
  const copies = last?.copied !== undefined || last?.pasted === true;
  return [
    fact('asks', flag(asks), asks ? 'you are searching for something' : 'you are not searching for anything'),
    fact(
      'results',
      flag(results),
      results ? 'search results are on screen' : 'no search results are on screen',
    ),
    fact(
      'since-search',
      search,
      search > 0.2 ? 'you searched a moment ago' : 'you have not searched for a while',
    ),
    fact('since-error', error, error > 0.2 ? 'an error came up a moment ago' : 'no error came up lately'),
    fact(
      'again',
      flag(again),
      again ? 'you searched for the same again in other words' : 'you repeated no search',
    ),
    fact(
      'words',
      says,
      says > A_LOT
        ? 'your last step tells much of what you are after'
        : 'your last step tells little of what you are after',
    ),
    fact(
      'words-five',
      fiveSay,
      fiveSay > A_LOT_OF_FIVE
        ? 'your last steps tell much of what you are after'
        : 'your last steps tell little of what you are after',
    ),
    fact('passive', idle, idle ? 'you only click or switch' : 'you do more than click and switch'),
    fact(
      'raw',
      raw,
      raw > 0 ? 'you press keys without writing words' : 'you press no keys without writing words',
    ),
    fact('chat', flag(chat), chat ? 'an AI chat is already helping' : 'no AI chat is in front'),
    fact('copy', flag(copies), copies ? 'you just copied or pasted something' : 'you just copied nothing'),
    fact(
      'error',
      flag(last?.error !== undefined),
      last?.error ? 'an error is on screen' : 'no error is on screen',
    ),
    fact('writes', flag(last?.writes === true), last?.writes ? 'you are writing' : 'you are not writing'),
  ];
}

function fact(name: string, value: number, words: string): Fact {
  return { name, value, words };
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

function share(steps: readonly Step[], speaks: (step: Step) => boolean): number {
  return steps.length === 0 ? 0 : steps.filter(speaks).length / steps.length;
}

/** `rate` to the power of the events since the last one that speaks; 0 if none does. */
function decay(steps: readonly Step[], speaks: (step: Step) => boolean, rate: number): number {
  const at = steps.findLastIndex(speaks);
  return at < 0 ? 0 : rate ** (steps.length - 1 - at);
}

/** The last search, at most a few steps ago, was made before in other words. */
function searchedAgain(steps: readonly Step[]): boolean {
  const at = steps.findLastIndex((step) => step.query !== undefined);
  const query = steps[at]?.query;
  if (query === undefined || steps.length - at > RECENT) return false;
  const topic = topicOf(query);
  return steps
    .slice(0, at)
    .some(
      (step) => step.query !== undefined && step.query !== query && sameTopic(topicOf(step.query), topic),
    );
}

/** Distinct words about something, on a logarithmic scale from 0 to 1. */
function words(steps: readonly Step[]): number {
  const count = new Set(steps.flatMap(wordsOf)).size;
  return Math.min(1, Math.log1p(count) / Math.log1p(MOST_WORDS));
}

/** What a step is about: its words without those of the act. */
function wordsOf(step: Step): readonly string[] {
  return contentWords(step.text.slice(0, 600)).filter((word) => !FRAME.has(word));
}
