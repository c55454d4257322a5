import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWording } from '../../src/agent/wording.ts';
import { COLUMNS } from '../../src/export/csv.ts';
import { runExport } from '../../src/export/export.ts';
import { FORMATS } from '../../src/model/exporting.ts';
import { needsActivityWatch, python } from '../activityWatch/python.ts';
import { needs, program } from '../needs.ts';
import { answers, dayLog, events } from './day.ts';
import { exportOptions } from './fakes.ts';

const run = promisify(execFile);
let folder: string;
let out: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-loaders-'));
  out = join(folder, 'out');
  await runExport({ ...exportOptions(await dayLog(), FORMATS), out, consent: 'agreed' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Turn {
  readonly role: string;
  readonly content: string;
}
interface Found {
  readonly datasets: Record<string, { rows: number; columns: string[] }>;
  readonly llamaFactory: Record<string, { system: string; prompt: Turn[]; response: Turn[] }[]>;
  readonly trl: Record<string, Record<string, unknown> & { texts: Record<string, string> }>;
  readonly pandas: { rows: number; columns: string[]; seen: string[] };
}

const linesOf = (name: string) =>
  readFileSync(join(out, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, never>);

needs(['training'], 'the loaders of trainers read an export', () => {
  let found: Found;
  beforeAll(async () => {
    const script = join(import.meta.dirname, 'loaders.py');
    const { stdout } = await run(program('training')!, [script, out], {
      env: { PATH: process.env['PATH'], HOME: folder, CACHE: folder, OMP_NUM_THREADS: '1' },
      maxBuffer: 64 * 1024 * 1024,
      timeout: 240_000,
    });
    found = JSON.parse(stdout) as Found;
  }, 240_000);

  it('datasets: every file of lines, with its rows and columns', () => {
    expect(found.datasets).toEqual({
      'reward_data.jsonl': {
        rows: 6,
        columns: ['annotation', 'category', 'help_needed', 'obs', 'pred_task', 'valid'],
      },
      'agent_sharegpt.jsonl': { rows: 4, columns: ['conversations', 'system'] },
      'agent_alpaca.jsonl': { rows: 4, columns: ['input', 'instruction', 'output', 'system'] },
      'reward_sharegpt.jsonl': { rows: 9, columns: ['category', 'conversations', 'system'] },
      'reward_alpaca.jsonl': { rows: 9, columns: ['category', 'input', 'instruction', 'output', 'system'] },
      'trl_preference.jsonl': { rows: 6, columns: ['chosen', 'prompt', 'rejected'] },
      'trl_unpaired.jsonl': { rows: 9, columns: ['completion', 'label', 'prompt'] },
    });
  });

  it('LLaMA-Factory: by dataset_info.json and its converters, both layouts are the same conversations', () => {
    const agent = linesOf('agent_alpaca.jsonl').map(({ system, instruction, output }) => ({
      system,
      prompt: [{ role: 'user', content: instruction }],
      response: [{ role: 'assistant', content: output }],
    }));
    expect(found.llamaFactory['beforehand_agent_alpaca']).toEqual(agent);
    expect(found.llamaFactory['beforehand_agent_sharegpt']).toEqual(agent);
    const judge = found.llamaFactory['beforehand_reward_sharegpt']!;
    expect(judge.map(({ response }) => response[0]!.content).toSorted()).toEqual([
      ...Array<string>(3).fill('accepted'),
      ...Array<string>(6).fill('rejected'),
    ]);
    expect(found.llamaFactory['beforehand_reward_alpaca']).toEqual(judge);
  });

  it('LLaMA-Factory: the conversation is the one that the agent really holds', () => {
    const accepted = answers()[0]!;
    const real = createWording({ version: 'x', system: 'Sit beside.', opening: 'Seen:', closing: 'Help?' });
    expect(found.llamaFactory['beforehand_agent_sharegpt']!.at(-1)).toEqual({
      system: real.prompt(accepted.seen).system,
      prompt: [{ role: 'user', content: real.prompt(accepted.seen).user }],
      response: [{ role: 'assistant', content: real.reply(accepted.proposal!)! }],
    });
  });

  it('TRL: conversational, the prompt apart, and prepared by its DPO and KTO trainers', () => {
    const [pair] = linesOf('trl_preference.jsonl') as unknown as { chosen: Turn[]; rejected: Turn[] }[];
    const [single] = linesOf('trl_unpaired.jsonl') as unknown as { completion: Turn[] }[];
    expect(found.trl['trl_preference.jsonl']).toMatchObject({
      rows: 6,
      conversational: true,
      kept: true,
      prepared: 6,
      texts: { chosen_input_ids: pair!.chosen[0]!.content, rejected_input_ids: pair!.rejected[0]!.content },
    });
    expect(found.trl['trl_unpaired.jsonl']).toMatchObject({
      rows: 9,
      conversational: true,
      kept: true,
      prepared: 9,
      texts: { answer_input_ids: single!.completion[0]!.content },
    });
  });

  it('pandas: the table with every cell as it was', () => {
    expect(found.pandas.rows).toBe(12);
    expect(found.pandas.columns).toEqual(COLUMNS);
    const wanted = answers()
      .toReversed()
      .map(({ seen }) =>
        seen.map(({ time, event }) => `${new Date(time).toISOString()} ${event}`).join('\n'),
      );
    expect(found.pandas.seen).toEqual(wanted);
  });
});

/** Takes the file as ActivityWatch's own server takes an upload, and gives back what it then holds. */
const IMPORT = `
import json, sys
import jsonschema
from aw_core.models import Event
from aw_core.schema import get_json_schema
from aw_datastore import Datastore
from aw_datastore.storages import MemoryStorage
from aw_server.api import ServerAPI
buckets = json.load(open(sys.argv[1]))
# Its schema of a whole export says a list, where its server writes and reads an object; those of the parts are right.
for bucket in buckets["buckets"].values():
    head = {name: value for name, value in bucket.items() if name != "events"}
    jsonschema.Draft7Validator(get_json_schema("bucket")).validate(head)
    for event in bucket["events"]:
        jsonschema.Draft7Validator(get_json_schema("event")).validate(event)
        Event(**event)
api = ServerAPI(Datastore(MemoryStorage, testing=True), testing=True)
api.import_all(buckets["buckets"])
held = api.export_all()
print(json.dumps({id: [bucket["type"], [[e["duration"], e["data"]] for e in bucket["events"]]] for id, bucket in held.items()}))
`;

await needsActivityWatch('ActivityWatch reads an export', () => {
  it('its schemas, its events and its import', { timeout: 60_000 }, async () => {
    const held = JSON.parse(
      (await python(folder, IMPORT, [join(out, 'buckets.json')])).split('\n')[0]!,
    ) as Record<string, [string, [number, Record<string, unknown>][]]>;
    expect(
      Object.fromEntries(Object.entries(held).map(([id, [type, list]]) => [id, [type, list.length]])),
    ).toEqual({
      'aw-watcher-window_test': ['currentwindow', 2],
      'aw-watcher-afk_test': ['afkstatus', 1],
      'aw-watcher-web-firefox_test': ['web.tab.current', 1],
      'aw-watcher-code_test': ['app.editor.activity', 1],
      'aw-watcher-input_test': ['os.hid.input', 1],
      'beforehand-clipboard_test': ['beforehand.clipboard', 1],
      'beforehand-file_test': ['beforehand.file', 1],
      'beforehand-described_test': ['beforehand.described', 1],
      'beforehand-capture_test': ['beforehand.capture', 1],
    });
    expect(held['aw-watcher-window_test']![1]).toEqual([
      [0.5, { app: 'code', title: 'router.ts - falcon-api' }],
      [0, { app: 'firefox', title: 'Launch' }],
    ]);
    expect(held['aw-watcher-web-firefox_test']![1][0]![1]).toMatchObject({
      url: 'https://wiki.falconworks.io/launch?page=12',
    });
    expect(events()).toHaveLength(9);
  });
});

describe('our own import', () => {
  it('reads the buckets back as beats of the same kinds', async () => {
    const { importFormat, readImported } = await import('../../src/replay/imported.ts');
    const file = join(out, 'buckets.json');
    expect(await importFormat(file)).toBe('buckets');
    const types: string[] = [];
    for await (const each of readImported(file, 'buckets')) if (each.kind === 'beat') types.push(each.type);
    expect(types.toSorted()).toEqual(
      [
        'currentwindow',
        'currentwindow',
        'afkstatus',
        'web.tab.current',
        'app.editor.activity',
        'os.hid.input',
        'beforehand.clipboard',
        'beforehand.file',
        'beforehand.described',
        'beforehand.capture',
      ].toSorted(),
    );
  });
});
