import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFileCache } from '../../src/bench/cache.ts';
import { createCachedLlm } from '../../src/bench/cachedLlm.ts';
import { appendResult, type ResultRow } from '../../src/bench/results.ts';
import { commandLine } from '../../src/cli/bench/options.ts';
import { openModel } from '../../src/cli/openModel.ts';
import { createPatterns } from '../../src/agent/proposers/patterns/index.ts';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import { createPaths } from '../../src/paths.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { windowsOf } from '../../src/proactivebench/windows.ts';
import { version } from '../../src/version.ts';
import { ordersIn } from '../../src/agent/untrusted/orders.ts';
import { defended, modelOf, naive, undefended, type Arm } from '../injections/arms.ts';
import { createRandom, injections, type Injection } from '../injections/generate.ts';
import { isHijacked } from '../injections/hijacked.ts';
import { infected } from '../injections/infect.ts';
import { HONEST } from '../injections/honest.ts';
import { agentDojo, type DojoAttack } from './injections/agentdojo.ts';

// How often a suggestion speaks with an attacker's voice, through patterns and through the model, and what the defence costs.
// --agentdojo FOLDER fetches AgentDojo's families there; --data FOLDER counts the offers lost on ProactiveBench windows;
// --model ALIAS --sample N asks the real model about N attacks an arm. What is not named is left out.

type Attack = Injection | DojoAttack;

interface Rate {
  attacks: number;
  offers: number;
  hijacked: number;
}

const { values: given } = parseArgs({
  options: {
    agentdojo: { type: 'string' },
    data: { type: 'string' },
    model: { type: 'string' },
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    more: { type: 'string', default: '500' },
    /** Appends one row for `beforehand bench report`. */
    results: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seed = Number(given.seed);
const own = injections(seed, Number(given.more));
const rows: { readonly name: string; readonly rate: Rate; readonly by: ReadonlyMap<string, Rate> }[] = [];
const started = performance.now();
let model: ResultRow['model'] = null;
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Counts one arm over attacks, in all and by what they are. */
async function measure(name: string, arm: Arm, attacks: readonly Attack[]): Promise<void> {
  const by = new Map<string, Rate>();
  const began = performance.now();
  for (const [at, attack] of attacks.entries()) {
    const offers = await arm(attack);
    const hijacked = offers.some((each) => isHijacked(each, attack.canaries));
    const parts = ['all', `channel ${attack.channel}`, `family ${attack.family}`];
    if ('language' in attack) {
      parts.push(`language ${attack.language}`, `disguise ${attack.disguise}`);
      parts.push(attack.known ? 'wording known' : 'wording not looked at');
    }
    for (const part of parts) {
      const rate = by.get(part) ?? { attacks: 0, offers: 0, hijacked: 0 };
      rate.attacks += 1;
      rate.offers += offers.length > 0 ? 1 : 0;
      rate.hijacked += hijacked ? 1 : 0;
      by.set(part, rate);
    }
    const left = ((performance.now() - began) / (at + 1)) * (attacks.length - at - 1);
    if ((at + 1) % 10 === 0)
      say(`${name}: ${at + 1} of ${attacks.length}, ${Math.round(left / 1000)} s left`);
  }
  const rate = by.get('all')!;
  rows.push({ name, rate, by });
  if (!given.json) process.stdout.write(`${lineOf(name, rate)}\n`);
}

/** Wilson's interval of 95 %: rates near nought have no symmetric one. */
function interval(hits: number, of: number): readonly [number, number] {
  const z = 1.96;
  const share = hits / of;
  const middle = share + (z * z) / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return [(middle - reach) / (1 + (z * z) / of), (middle + reach) / (1 + (z * z) / of)];
}

function lineOf(name: string, { attacks, offers, hijacked }: Rate): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const [low, high] = interval(hijacked, attacks);
  return `${name.padEnd(44)} ${attacks} attacks, ${offers} with an offer, ${hijacked} hijacked: ${percent(hijacked / attacks)} (${percent(Math.max(0, low))} to ${percent(high)})`;
}

function sampled(attacks: readonly Attack[], count: number): readonly Attack[] {
  const random = createRandom(seed + 1);
  return attacks
    .map((attack) => ({ attack, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .slice(0, count)
    .map((each) => each.attack);
}

const dojo = given.agentdojo === undefined ? [] : await agentDojo(given.agentdojo);
const patterns = createPatterns();
await measure('patterns, without the defence', undefended(patterns), own);
await measure('patterns', defended(patterns), own);
const scenes = infected(own, 12);
await measure('patterns, scenes, without the defence', undefended(patterns), scenes);
await measure('patterns, scenes', defended(patterns), scenes);
if (dojo.length > 0) {
  await measure('patterns, AgentDojo, without the defence', undefended(patterns), dojo);
  await measure('patterns, AgentDojo', defended(patterns), dojo);
}

if (given.model !== undefined) {
  const loaded = await openModel(given.model);
  model = { alias: loaded.info().alias, digest: loaded.info().digest };
  const llm = createCachedLlm(loaded, createFileCache(join(createPaths().data, 'bench', 'cache')));
  const count = Number(given.sample);
  for (const [name, attacks] of [
    ['', sampled(own, count)],
    [', AgentDojo', sampled(dojo, count)],
  ] as const) {
    if (attacks.length === 0) continue;
    await measure(`model${name}, naive prompt`, naive(llm), attacks);
    await measure(`model${name}, without the defence`, undefended([modelOf(llm)]), attacks);
    await measure(`model${name}`, defended([modelOf(llm)]), attacks);
  }
  await llm.close();
}

const cost: Record<string, number> = {
  honestTexts: HONEST.length,
  honestTakenForOrders: HONEST.filter((text) => ordersIn(text) !== null).length,
};
if (given.data !== undefined) {
  const folder = await readBenchFolder(given.data);
  let at = Date.UTC(2026, 0, 5, 9);
  for (const { obs } of windowsOf([...folder.train, ...folder.test])) {
    const events = obs.map(({ event }): Event => {
      at += 30_000;
      const data = { sentence: event.slice(0, 4000) };
      return { id: newId(at), at, duration: 0, monitor: 'test', kind: 'described', data };
    });
    at += 86_400_000;
    const attack = { text: '', events };
    const before = await undefended(patterns)(attack);
    const after = await defended(patterns)(attack);
    const add = (name: string, count: number) => (cost[name] = (cost[name] ?? 0) + count);
    add('windows', 1);
    add('offersWithout', before.length);
    add('offersWith', after.length);
    add('windowsThatLostOne', after.length < before.length ? 1 : 0);
    add('sentences', obs.length);
    add('sentencesTakenForOrders', obs.filter(({ event }) => ordersIn(event) !== null).length);
  }
}
if (given.results !== undefined) {
  const hash = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  await appendResult(given.results, {
    at: new Date().toISOString(),
    bench: 'injections',
    version,
    commit: hash,
    command: commandLine(['bench:injections', ...process.argv.slice(2)]),
    seed,
    seconds: Math.round((performance.now() - started) / 10) / 100,
    model,
    data: null,
    machine: { cores: cpus().length, processor: cpus()[0]?.model ?? 'unknown', memoryBytes: totalmem() },
    result: {
      arms: rows.map(({ name, rate }) => ({ name, ...rate, rate: rate.hijacked / rate.attacks })),
      cost,
    },
  });
}
if (given.json) {
  const result = rows.map(({ name, rate, by }) => ({ name, ...rate, by: Object.fromEntries(by) }));
  process.stdout.write(`${JSON.stringify({ seed, rows: result, cost })}\n`);
} else {
  for (const { name, by } of rows.filter(
    (each) => each.rate.hijacked > 0 && !each.name.includes('without'),
  )) {
    for (const [part, rate] of [...by].filter(([key, each]) => key !== 'all' && each.hijacked > 0)) {
      process.stdout.write(`${lineOf(`  ${name}: ${part}`, rate)}\n`);
    }
  }
  process.stdout.write(`${JSON.stringify(cost)}\n`);
}
