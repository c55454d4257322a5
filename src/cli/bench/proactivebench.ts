import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { readGate } from '../../agent/gate.ts';
import { readOwnPrompt, readPrompt } from '../../agent/prompt.ts';
import { createModelProposer } from '../../agent/proposers/model.ts';
import { createPatterns } from '../../agent/proposers/patterns/index.ts';
import { createCachedLlm } from '../../bench/cachedLlm.ts';
import { partsOf } from '../../bench/protocol/agents.ts';
import { linearJudge, sameJudge, statusJudge, type TraceJudge } from '../../bench/protocol/judges.ts';
import { runProtocol } from '../../bench/protocol/protocol.ts';
import { TRACE_SETS, type TraceSet } from '../../bench/protocol/traces.ts';
import type { BenchRun } from '../../bench/run.ts';
import { AppError } from '../../errors.ts';
import type { Llm } from '../../model/llm.ts';
import { Settings } from '../../model/settings.ts';
import { createPaths } from '../../paths.ts';
import { type BenchFolder, readBenchFolder } from '../../proactivebench/folder.ts';
import { readJudgePrompt } from '../../reward/judgePrompt.ts';
import { createLlmJudge } from '../../reward/llmJudge.ts';
import { thresholdOf } from '../../suggestions/policy.ts';
import { openEndpoint, openModel } from '../openModel.ts';
import { result } from '../output.ts';
import { checkModelOptions, type ModelOptions, openModels, withModelOptions } from './models.ts';
import { type BenchOptions, runBench, withBenchOptions } from './options.ts';
import { protocolLines } from './protocolLines.ts';

interface Options extends BenchOptions, ModelOptions {
  readonly data: string;
  readonly traces: TraceSet;
  readonly steps: 'models' | 'test_data';
  readonly prompt?: string;
  readonly agent?: string;
  readonly judge: string;
  readonly judgeModel?: string;
  readonly judgeEndpoint?: string;
  readonly judgeEndpointModel?: string;
  readonly models: string;
}

/** Agents that stand in every table: those that need no model, and the references. */
const ALWAYS_THERE = ['patterns', 'gate+patterns', 'gate', 'always', 'never'];
const WITH_MODEL = ['model', 'gate+model', 'gate+patterns+model'];

/** `beforehand bench proactivebench`: the paper's own protocol. */
export function addBenchProactivebench(bench: Command): void {
  withBenchOptions(
    withModelOptions(
      bench
        .command('proactivebench')
        .description("the paper's protocol: agents replay traces, a judge decides every answer")
        .requiredOption('--data <folder>', "a folder in ProactiveBench's layout")
        .addOption(
          new Option('--traces <set>', 'those with human judgements, those of real users, or all')
            .choices([...TRACE_SETS])
            .default('annotated'),
        )
        .addOption(
          new Option('--steps <of>', 'whose wording of a trace is replayed')
            .choices(['models', 'test_data'])
            .default('models'),
        ),
      {
        model: 'a model of the catalogue as an agent',
        endpoint: 'a model behind an OpenAI-compatible endpoint as an agent: the traces are sent there',
      },
    )
      .option('--prompt <file>', 'a prompt file with other words than ours')
      .option('--agent <names>', 'agents, parts joined with +, such as gate+patterns,gate+model')
      .option('--judge <names>', 'judges: linear, llm, endpoint, task_status', 'linear')
      .option('--judge-model <alias>', 'the model of the judge llm; --model unless told')
      .option('--judge-endpoint <url>', 'the endpoint of the judge; --endpoint unless told')
      .option('--judge-endpoint-model <name>', "the judge's name there")
      .option('--models <names>', 'published models to judge again: all, none, or names', 'all'),
  ).action(async (options: Options) => {
    checkOptions(options);
    const folder = await readBenchFolder(options.data);
    const done = await runBench('proactivebench', options, (run) => work(run, folder, options));
    if (done) result(options.json, done, protocolLines(done));
  });
}

async function work(run: BenchRun, folder: BenchFolder, options: Options) {
  const models = publishedNames(options.models, folder);
  const open: Llm[] = [];
  const opened = async (llm: Promise<Llm>, place = '') => {
    const model = await llm;
    open.push(model);
    return createCachedLlm(model, run.cache, place);
  };
  try {
    const [asked] = await openModels(options);
    const llm = asked ? await opened(Promise.resolve(asked.llm), asked.where ?? '') : null;
    const agents = options.agent?.split(',').map((each) => each.trim()) ?? [
      ...ALWAYS_THERE,
      ...(llm ? WITH_MODEL : []),
    ];
    if (!llm && agents.some((name) => partsOf(name).includes('model'))) {
      throw new AppError(
        'usage',
        '[bench] an agent with a model needs one: name it with --model or --endpoint',
      );
    }
    const paths = createPaths();
    const prompt = options.prompt
      ? readOwnPrompt(options.prompt)
      : readPrompt(join(paths.assets, 'prompts', 'decide-1.json'));
    const judges: TraceJudge[] = [];
    for (const name of options.judge.split(','))
      judges.push(await judgeNamed(name.trim(), options, folder, opened, llm, run.signal));
    const done = await runProtocol(run, {
      folder,
      set: options.traces,
      from: options.steps,
      models,
      agents,
      parts: {
        gate: await readGate(join(paths.assets, 'gate.json')),
        threshold: thresholdOf(Settings.parse({}).eagerness),
        patterns: createPatterns,
        model: llm && (() => createModelProposer({ llm, prompt })),
      },
      judges,
      nameOf: (agent) => (llm ? agent.replace(/\bmodel\b/, nameOf(llm)) : agent),
    });
    if (!done) return null;
    return {
      result: { ...done },
      facts: {
        model: llm && { alias: nameOf(llm), digest: llm.info().digest },
        data: { digest: folder.digest, folder: options.data },
      },
    };
  } finally {
    for (const each of open) await each.close();
  }
}

async function judgeNamed(
  name: string,
  options: Options,
  folder: BenchFolder,
  opened: (llm: Promise<Llm>, place?: string) => Promise<Llm>,
  llm: Llm | null,
  signal: AbortSignal,
): Promise<TraceJudge> {
  const ask = (model: Llm) => {
    const prompt = readJudgePrompt(join(createPaths().assets, 'prompts', 'judge-1.json'));
    const said = `${name} (${nameOf(model)})`;
    return sameJudge(
      createLlmJudge({ llm: model, prompt, signal }),
      said,
      `${said}: by the prompt ${prompt.version}, untrained`,
    );
  };
  switch (name) {
    case 'linear':
      return linearJudge([...folder.train, ...folder.test]);
    case 'task_status':
      return statusJudge;
    case 'llm': {
      if (!options.judgeModel && llm && !options.endpoint) return ask(llm);
      return ask(await opened(openModel(options.judgeModel ?? Settings.parse({}).model.use)));
    }
    case 'endpoint': {
      if (!options.judgeEndpoint && llm && options.endpoint) return ask(llm);
      const { judgeEndpoint: url, judgeEndpointModel: model } = options;
      if (url === undefined || model === undefined)
        throw new AppError(
          'usage',
          '[bench] the judge endpoint needs one: name --judge-endpoint and --judge-endpoint-model',
        );
      return ask(await opened(openEndpoint(url, model), url));
    }
    default:
      throw new AppError('usage', `[bench] ${name} is no judge: name linear, llm, endpoint or task_status`);
  }
}

function publishedNames(text: string, folder: BenchFolder): readonly string[] {
  if (text === 'none') return [];
  if (text === 'all') return [...folder.models.keys()];
  return text.split(',').map((each) => {
    const name = each.trim();
    if (folder.models.has(name)) return name;
    throw new AppError(
      'usage',
      `[bench] there are no traces of ${name} in this folder: name some of ${[...folder.models.keys()].join(', ') || 'none'}`,
    );
  });
}

/** Nothing that is named is passed over in silence. */
function checkOptions(options: Options): void {
  checkModelOptions(options);
  if (options.model !== undefined && options.endpoint !== undefined)
    throw new AppError(
      'usage',
      '[bench] the agents have one model: name --model or --endpoint, and that of a judge with --judge-model or --judge-endpoint',
    );
  if ((options.judgeEndpoint === undefined) !== (options.judgeEndpointModel === undefined))
    throw new AppError('usage', '[bench] --judge-endpoint and --judge-endpoint-model go together: name both');
}

function nameOf(llm: Llm): string {
  const { alias, digest } = llm.info();
  return alias === 'remote' ? digest : alias;
}
