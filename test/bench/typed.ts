import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { Settings } from '../../src/model/settings.ts';
import type { Press } from '../../src/monitors/press.ts';
import { createTyping, type Typing } from '../../src/monitors/typing.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { families, samples } from '../privacy/corpus/corpus.ts';
import { leaks } from '../privacy/corpus/leak.ts';
import { createRandom, type Random } from '../privacy/corpus/random.ts';

// Typed text: how much of secrets is left when they are typed in pieces, and how much of ordinary text is kept.
// On a clock of its own, so that hours of typing take seconds.

/** What a run of typing left behind. */
interface Kept {
  /** Everything that was ever kept, and what is still there after what was taken back. */
  readonly ever: readonly string[];
  readonly still: readonly string[];
  readonly lost: Readonly<Record<string, number>>;
}

const press = (keysym: number, more: Partial<Press> = {}): Press => ({
  keysym,
  shift: false,
  control: false,
  other: false,
  ...more,
});
const characterPress = (character: string) => {
  const code = character.codePointAt(0) ?? 0;
  return press(code === 10 ? 0xff0d : code < 256 ? code : 0x1000000 + code);
};

/** Node's mocked clock is at the end of a step already while the step's timers run: so steps are small. */
const STEP_MS = 100;
function pass(ms: number): void {
  for (let left = ms; left > 0; left -= STEP_MS) mock.timers.tick(Math.min(left, STEP_MS));
}

/** Somebody who types on the mocked clock. */
function typeAll(act: (typing: Typing, wait: (ms: number) => void) => void): Kept {
  const kept = new Map<string, string>();
  const ever: string[] = [];
  const lost: Record<string, number> = {};
  const guard = createGuard({ settings: () => Settings.parse({}), person: {}, region: 'DE' });
  const typing = createTyping({
    clock: { now: () => Date.now() },
    guard,
    keep({ text }) {
      kept.set(String(ever.length), text);
      ever.push(text);
      return String(ever.length - 1);
    },
    retract: (event) => void kept.delete(event),
    lose: (loss) => void (lost[loss] = (lost[loss] ?? 0) + 1),
  });
  act(typing, pass);
  pass(60_000);
  return { ever, still: [...kept.values()], lost };
}

/** One of the things that split a secret. */
function interrupt(random: Random, typing: Typing, wait: (ms: number) => void): void {
  switch (random.between(0, 5)) {
    case 0:
      wait(random.pick([300, 1500, 5500, 9000, 26_000, 31_000, 90_000]));
      break;
    case 1:
      if (random.next() < 0.5) typing.press('editor', press(0xff09, { other: true }));
      typing.moved();
      wait(random.pick([50, 1500, 40_000]));
      typing.moved();
      break;
    case 2:
      typing.moved();
      for (const character of random.pick(['good morning ', 'yes', 'done\n']))
        typing.press('other', characterPress(character));
      typing.moved();
      break;
    case 3:
      typing.moved();
      typing.unseen({ kind: 'letter' });
      typing.moved();
      break;
    case 4:
      typing.strayed();
      break;
    default:
      typing.press('editor', press(0x71));
      typing.press('editor', press(0xff08));
  }
}

/** Types each sample of the corpus `times` times, with up to six interruptions; counts samples that left something. */
export function secretsInPieces(which: 'seen' | 'held out', times: number, most = Infinity) {
  const guard = createGuard({ settings: () => Settings.parse({}), person: {}, region: 'DE' });
  const score = {
    kinds: new Set<string>(),
    typed: 0,
    ever: 0,
    still: 0,
    redactionMisses: 0,
    names: new Set<string>(),
  };
  const all = Object.keys(families).flatMap((family) => samples(family, which));
  const step = Math.max(1, Math.floor(all.length / most));
  for (const [index, { kind, text, secrets }] of all.entries()) {
    if (index % step !== 0) continue;
    score.kinds.add(kind);
    const around = secrets.reduce((rest, secret) => rest.replace(secret, '\0'), text);
    const whole = guard.redact(text, 'import').text;
    if (secrets.some((secret) => leaks(whole, secret, around))) score.redactionMisses += 1;
    for (let time = 0; time < times; time += 1) {
      const random = createRandom(index * 1000 + time);
      const rate = random.pick([0, 1, 3, 6]) / Math.max(1, text.length);
      const speed = random.pick([30, 120, 700]);
      const { ever, still } = typeAll((typing, wait) => {
        for (const character of `good evening all\n${text}\nthanks a lot\n`) {
          if (random.next() < rate) interrupt(random, typing, wait);
          typing.press('editor', characterPress(character));
          wait(speed);
        }
      });
      score.typed += 1;
      const left = (kept: readonly string[]) =>
        secrets.some((secret) => leaks(kept.join(' '), secret, around));
      if (left(ever)) {
        score.ever += 1;
        if (process.env['SHOW']) console.log(JSON.stringify({ kind, text, still }));
        score.names.add(kind);
      }
      if (left(still)) score.still += 1;
    }
  }
  return { ...score, kinds: score.kinds.size, names: [...score.names] };
}

/** Ordinary text: what people write to each other, and the project's own pages, which are full of names and signs. */
export const texts = {
  messages: [
    'Hi Tom, thanks for the draft. I read it on the train and like the second part best. Could you shorten the beginning a little? We should also mention the new supplier.',
    'Good morning everyone, the meeting moves to Thursday because half of the team is travelling. I will bring the numbers for the last quarter. Please send me your questions before lunch.',
    'Are you coming to the concert tonight? Anna has two spare tickets and would love to see you. We meet at the fountain around half past seven.',
    'I looked into the problem with the printer again. It only happens when somebody prints from the old laptop, so I suspect the driver. Let me try another cable first and tell you what I find.',
    'The article argues that cities should plan for heat rather than for cars. Its strongest point is the comparison of two streets that differ in nothing but their trees. I am less convinced by the part about cost, since the author never says who pays.',
    'Dear Mrs Weber, we are sorry that your parcel arrived late. The carrier had trouble with the snow in the south. As a small apology we will send you a voucher by post.',
    'Notes from the visit: the kitchen is bigger than it looked, the garden faces west and the neighbours seem nice. The roof needs work within a few years. Ask about the heating and whether the shelves stay.',
    'We could cook on Saturday instead of going out. I would make the soup with lentils if you bring bread and something sweet. Tell Peter to come early because he always wants to help.',
  ],
  get pages() {
    const root = join(import.meta.dirname, '../../docs/decisions');
    return readdirSync(root)
      .toSorted()
      .flatMap((name) => readFileSync(join(root, name), 'utf8').split(/\n\s*\n/))
      .map((each) => each.replace(/\s+/g, ' ').trim())
      .filter((each) => /^[A-Z]/.test(each) && each.length > 80)
      .slice(0, 40);
  },
} as const;

/** How people write: how the text is cut, and how often they go elsewhere for a moment. */
export const styles = {
  'a line a sentence (chat)': { ends: '\n', awayEvery: 0 },
  'a line a sentence, away every 40 words': { ends: '\n', awayEvery: 40 },
  'a paragraph (document)': { ends: ' ', awayEvery: 0 },
  'a paragraph, away every 40 words': { ends: ' ', awayEvery: 40 },
} as const;

/** Share of the words of ordinary text that are kept as they were typed, 0 to 1, and why the others were not. */
export function ordinaryKept(style: keyof typeof styles, from: keyof typeof texts) {
  const { ends, awayEvery } = styles[style];
  const random = createRandom(7);
  let typed = 0;
  let kept = 0;
  const lost: Record<string, number> = {};
  for (const paragraph of texts[from]) {
    const text = `${paragraph.replace(/([.!?]) (?=[A-Z])/g, `$1${ends}`)}\n`;
    const words = paragraph.split(' ');
    let since = 0;
    const result = typeAll((typing, wait) => {
      for (const character of text) {
        if (character === '\n' || character === ' ') since += 1;
        if (random.next() < 0.02) {
          typing.press('editor', press(0x71));
          wait(250);
          typing.press('editor', press(0xff08));
        }
        typing.press('editor', characterPress(character));
        // A word is thought of for a moment, a sentence for longer, and now and then something comes between.
        wait(random.between(90, 250));
        if (/[.!?\n]/.test(character)) wait(random.between(300, 6000));
        else if (character === ' ' && random.next() < 0.02) wait(random.between(2000, 15_000));
        if (awayEvery > 0 && since >= awayEvery && /\s/.test(character)) {
          since = 0;
          wait(random.between(300, 3000));
          typing.press('editor', press(0xff09, { other: true }));
          typing.moved();
          wait(20_000);
          typing.moved();
        }
      }
    });
    for (const [why, count] of Object.entries(result.lost)) lost[why] = (lost[why] ?? 0) + count;
    const there = new Map<string, number>();
    for (const word of result.still.join(' ').split(/\s+/)) there.set(word, (there.get(word) ?? 0) + 1);
    typed += words.length;
    for (const word of words) {
      const left = there.get(word) ?? 0;
      if (left === 0) continue;
      kept += 1;
      there.set(word, left - 1);
    }
  }
  return { words: typed, share: typed === 0 ? 0 : kept / typed, lost };
}

/** Runs `body` with a clock that only moves when it is told to. */
export function onMockedClock<T>(body: () => T): T {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_700_000_000_000 });
  try {
    return body();
  } finally {
    mock.timers.reset();
  }
}

if (process.argv[1] === import.meta.filename) {
  for (const which of ['seen', 'held out'] as const) {
    const score = onMockedClock(() => secretsInPieces(which, 3));
    console.log(
      `${which}: ${score.kinds} kinds, ${score.typed} typed in pieces; left six characters: ${score.still} in the log, ${score.ever} at any moment; samples that redaction of the whole text misses: ${score.redactionMisses}`,
    );
    if (score.names.length > 0) console.log(`  ${score.names.join(', ')}`);
  }
  for (const from of Object.keys(texts) as (keyof typeof texts)[]) {
    for (const style of Object.keys(styles) as (keyof typeof styles)[]) {
      const { words, share, lost } = onMockedClock(() => ordinaryKept(style, from));
      console.log(
        `${from}, ${style}: ${(share * 100).toFixed(1)} % of ${words} words kept; ${JSON.stringify(lost)}`,
      );
    }
  }
  const text = [...texts.messages, ...texts.pages].join('\n').slice(0, 10_000);
  const took = onMockedClock(() => {
    const begun = process.hrtime.bigint();
    typeAll((typing, wait) => {
      for (const character of text) {
        typing.press('editor', characterPress(character));
        wait(120);
      }
    });
    return Number(process.hrtime.bigint() - begun) / 1000;
  });
  console.log(`cost: ${(took / text.length).toFixed(1)} µs a key, redaction and mocked timers included`);
}
