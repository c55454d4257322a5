/**
 * What the gate costs a turn (issue of the gate: under a millisecond).
 *
 *     npm run bench:facts -- [rounds]      20 unless told; a table, then one JSON line
 *
 * Every event of the demo day ends a turn: facts from the events at hand, then the gate. `again` is the same with nothing
 * remembered of earlier turns, as if each were the first; its share says what remembering saves. The median is by the clock; a busy machine
 * stretches it, but not the processor time.
 */
import { readFileSync } from 'node:fs';
import { factsFromEvents, factsFromSentences } from '../../src/agent/facts.ts';
import { readGate } from '../../src/agent/gate.ts';
import { Event } from '../../src/model/event.ts';
import { createObserver } from '../../src/observations/window.ts';

const assets = new URL('../../src/assets/', import.meta.url);
const gate = await readGate(new URL('gate.json', assets).pathname);
const rounds = Number(process.argv[2] ?? 20);

interface Turn {
  readonly now: number;
  readonly events: readonly Event[];
  readonly sentences: readonly { readonly time: number; readonly event: string }[];
}

/** The turns of the demo day, as the app has them at hand. */
function turnsOf(): readonly Turn[] {
  const observer = createObserver();
  const turns: Turn[] = [];
  for (const line of readFileSync(new URL('demo/day.jsonl', assets), 'utf8').trim().split('\n')) {
    const event = Event.parse(JSON.parse(line));
    observer.observe(event);
    turns.push({ now: event.at, events: observer.events(200), sentences: observer.window(40) });
  }
  return turns;
}

/** Processor time of this thread so far. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const ways: Readonly<Record<string, (turn: Turn) => unknown>> = {
  'live events': ({ events, now }) => gate.need(factsFromEvents(events, now)),
  'live events, again': ({ events, now }) => gate.need(factsFromEvents(events, now)),
  sentences: ({ sentences, now }) => gate.need(factsFromSentences(sentences, now)),
};

const rows = Object.entries(ways).map(([name, way]) => {
  const times: number[] = [];
  let processor = 0;
  for (let round = 0; round < rounds; round += 1) {
    const turns = turnsOf();
    const given = name.endsWith('again')
      ? turns.map((turn) => ({ ...turn, events: structuredClone(turn.events) }))
      : turns;
    const before = spent();
    for (const turn of given) {
      const from = performance.now();
      way(turn);
      times.push(performance.now() - from);
    }
    processor += spent() - before;
  }
  times.sort((a, b) => a - b);
  const brief = (value: number) => Number(value.toFixed(3));
  return {
    name,
    turns: times.length,
    median: brief(times[times.length >> 1]!),
    processor: brief(processor / times.length),
  };
});
for (const row of rows) {
  console.log(
    `${row.name.padEnd(20)} median ${row.median} ms, ${row.processor} ms of processor time on average`,
  );
}
const [live, again] = rows;
const ratio = Number((live!.processor / again!.processor).toFixed(2));
console.log(`Remembering costs ${ratio} of reading everything again.`);
console.log(JSON.stringify({ rows, ratio }));
