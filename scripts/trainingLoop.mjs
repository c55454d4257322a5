// `npm run training:loop`: the whole loop at toy size, on a processor, with the default model and made-up answers:
// export -> train -> convert -> use -> bench. It shows that the parts fit; its figures say nothing about quality.
// Nothing of the person's own is read or changed: everything lies in a folder of its own.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { die, needNode20, node24, root, say } from './setup.mjs';
import { trainingPython } from './training.mjs';

const MODEL = 'smollm2-135m';
/** How much is trained. The rate is far above the paper's: in a few steps its own would change nothing that shows. */
const SIZES = {
  toy: { steps: '8', batch: '4', layers: '4', rank: '8', rate: '1e-3' },
  small: { steps: '2', batch: '2', layers: '1', rank: '4', rate: '1e-2' },
};

const options = {
  size: { type: 'string', default: 'toy' },
  data: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
};
let values;
try {
  ({ values } = parseArgs({ options }));
} catch (thrown) {
  die(`training:loop: ${thrown.message}`, 2);
}
const size = SIZES[values.size] ?? die(`training:loop: --size is ${Object.keys(SIZES).join(' or ')}.`, 2);
needNode20();
const python = trainingPython();
if (!python) die('training:loop: the Python environment is not there; run: npm run training:setup');

const from = process.env.INIT_CWD ?? process.cwd();
const work = values.out
  ? resolve(from, values.out)
  : mkdtempSync(join(tmpdir(), 'beforehand-training-loop-'));
mkdirSync(work, { recursive: true });
const at = (name) => join(work, name);
// Away from the person's settings, log and keyring, but with the models that are there.
const { BEFOREHAND_HOME: home, XDG_DATA_HOME, HOME } = process.env;
const models =
  process.env.BEFOREHAND_MODELS ??
  join(home ?? join(XDG_DATA_HOME ?? join(HOME ?? tmpdir(), '.local', 'share'), 'beforehand'), 'models');
const envOf = (name) => {
  const env = { ...process.env, BEFOREHAND_HOME: at(name), BEFOREHAND_MODELS: models, XDG_RUNTIME_DIR: work };
  delete env.DBUS_SESSION_BUS_ADDRESS;
  return { ...env, PYTHONPATH: join(root, 'training') };
};

/** Runs one step; its words go to stderr, what it prints is returned. */
function step(words, command, args, env) {
  say(`\n== ${words}`);
  const done = spawnSync(command, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) die(`training:loop: the step “${words}” failed; see the words above.`);
  return done.stdout;
}
const node = (words, file, args, env) => step(words, node24(), [join(root, file), ...args], env);
const beforehand = (words, args, env) => JSON.parse(node(words, 'src/cli.ts', [...args, '--json'], env));
const recipe = (words, args) =>
  JSON.parse(step(words, python, ['-m', 'recipes', ...args], envOf('trained on')));

const began = Date.now();
for (const name of ['trained on', 'benched', 'run', 'export', 'bench export', 'data'])
  rmSync(at(name), { recursive: true, force: true });
node('a log of made-up answers', 'training/toyLog.ts', ['1'], envOf('trained on'));
const formats = ['agent-sharegpt', 'reward-sharegpt', 'trl-unpaired', 'proactivebench'];
const exported = beforehand(
  'export',
  ['export', '--yes', '--out', at('export'), '--format', ...formats],
  envOf('trained on'),
);
beforehand('check the export', ['export', 'verify', at('export')], envOf('trained on'));
node('the base model', 'src/cli.ts', ['models', 'pull', MODEL, '--if-missing'], envOf('trained on'));
const listed = JSON.parse(readFileSync(join(root, 'src', 'assets', 'models.json'), 'utf8'));
const base = join(models, listed.models.find((each) => each.alias === MODEL).file);

const trained = recipe('train', [
  'agent',
  '--base',
  base,
  '--data',
  at('export'),
  '--out',
  at('run'),
  '--steps',
  size.steps,
  '--batch',
  size.batch,
  '--layers',
  size.layers,
  '--rank',
  size.rank,
  '--rate',
  size.rate,
]);
const adapter = recipe('convert', [
  'adapter',
  '--adapter',
  join(at('run'), 'adapter'),
  '--base',
  base,
  '--out',
  at('adapter.gguf'),
]);
const used = beforehand('use', ['models', 'use', MODEL, '--adapter', adapter.file], envOf('trained on'));

let data = values.data ? resolve(from, values.data) : null;
if (!data) {
  // Another made-up day, so that what is asked about was not trained on.
  node('a log of another day', 'training/toyLog.ts', ['2'], envOf('benched'));
  const rows = at('bench export');
  beforehand('export it', ['export', '--yes', '--out', rows, '--format', 'proactivebench'], envOf('benched'));
  data = at('data');
  mkdirSync(join(data, 'reward_data'), { recursive: true });
  for (const split of ['train', 'test'])
    cpSync(join(rows, 'reward_data.jsonl'), join(data, 'reward_data', `${split}_data.jsonl`));
}
const results = at('results.jsonl');
rmSync(results, { force: true });
const bench = beforehand(
  'bench',
  [
    'bench',
    'need',
    '--data',
    data,
    '--model',
    MODEL,
    '--adapter',
    used.adapter,
    '--results',
    results,
    '--cache',
    at('cache'),
  ],
  envOf('trained on'),
);

const kept = JSON.parse(readFileSync(results, 'utf8').trim().split('\n').at(-1));
const hash = createHash('sha256').update(readFileSync(adapter.file)).digest('hex');
const named = `${trained.settings.base}+${hash}`;
if (kept.model?.digest !== named || used.adapterDigest !== hash)
  die('training:loop: the results do not name the model with its adapter; that is a fault of the program.');
const summary = {
  seconds: Math.round((Date.now() - began) / 1000),
  exported: exported.counts ?? exported.files,
  conversations: trained.conversations,
  steps: trained.steps,
  loss: { first: trained.firstLoss, last: trained.lastLoss },
  adapter: { bytes: adapter.bytes, sha256: adapter.sha256, tensors: adapter.tensors },
  model: kept.model,
  bench: bench.rows.filter((row) => row.name.includes(MODEL)),
};
if (!values.out) rmSync(work, { recursive: true, force: true });
say(
  `\nThe loop closed in ${summary.seconds} s. Its figures show that the parts fit, not how good a model is.`,
);
process.stdout.write(
  values.json
    ? `${JSON.stringify(summary)}\n`
    : `loss ${summary.loss.first} -> ${summary.loss.last}, adapter ${adapter.bytes} bytes, ${summary.bench
        .map((row) => `${row.name}: F1 ${row.f1}`)
        .join(', ')}\n`,
);
