import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CHANNELS } from '../../injections/channels.ts';
import type { Event } from '../../../src/model/event.ts';

const run = promisify(execFile);

/** One of AgentDojo's attacks through one channel. */
export interface DojoAttack {
  readonly family: string;
  readonly goal: string;
  readonly channel: string;
  readonly text: string;
  readonly canaries: readonly string[];
  readonly events: readonly Event[];
}

/**
 * AgentDojo's attack families with its goals, from its wheel on PyPI (0.1.35), each different text through every channel.
 * The wheel is fetched with pip into `folder` and unpacked; nothing of it is run. Rejects where pip or python3 is missing.
 */
export async function agentDojo(folder: string): Promise<readonly DojoAttack[]> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unpacked = join(folder, 'agentdojo');
  if (!existsSync(unpacked)) {
    await run('python3', ['-m', 'pip', 'download', '--no-deps', '-q', '-d', folder, 'agentdojo==0.1.35']);
    const unzip = `import glob,zipfile;zipfile.ZipFile(glob.glob(${JSON.stringify(join(folder, '*.whl'))})[0]).extractall(${JSON.stringify(unpacked)})`;
    await run('python3', ['-c', unzip]);
  }
  const reader = fileURLToPath(new URL('agentdojo.py', import.meta.url));
  const { stdout } = await run('python3', [reader, unpacked], { maxBuffer: 1e8 });
  const attacks = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Omit<DojoAttack, 'channel' | 'events'>);
  // The families that stop an agent say the same whatever the goal is.
  const distinct = [...new Map(attacks.map((each) => [each.text, each])).values()];
  return distinct.flatMap((each) =>
    Object.entries(CHANNELS).map(([channel, scene]) => ({ ...each, channel, events: scene(each.text) })),
  );
}
