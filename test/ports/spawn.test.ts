import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { Child } from '../../src/model/ports.ts';
import { childEnv, createNodeSpawn } from '../../src/ports/spawn.ts';
import { until } from '../until.ts';

const file = new URL('./child.ts', import.meta.url);
const alive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('child processes', () => {
  const children: Child[] = [];
  const start = (env?: NodeJS.ProcessEnv, args?: string[]) => {
    const spawn = createNodeSpawn({ entries: { llm: file, keys: file }, ...(env ? { env } : {}) });
    const child = spawn('llm', args);
    const heard: unknown[] = [];
    const exits: unknown[] = [];
    child.onMessage((message) => heard.push(message));
    child.onExit((code, signal) => exits.push([code, signal]));
    children.push(child);
    return { child, heard, exits };
  };
  afterEach(() => children.splice(0).forEach((each) => each.kill()));

  it('carry structured values both ways, and arguments', async () => {
    const { child, heard } = start(undefined, ['--one', 'two words']);
    child.send({ kind: 'echo', value: { bytes: new Uint8Array([1, 2]), big: 3n } });
    await until('the echo', () => heard.length > 0);
    expect(heard).toEqual([
      { args: ['--one', 'two words'], value: { bytes: new Uint8Array([1, 2]), big: 3n } },
    ]);
  });

  it('get no secret of the environment', async () => {
    const { child, heard } = start({ ...process.env, OPENAI_API_KEY: 'x', NODE_OPTIONS: '', DISPLAY: ':9' });
    child.send({ kind: 'env' });
    await until('the names', () => heard.length > 0);
    expect(heard[0]).toContain('DISPLAY');
    expect(heard[0]).not.toContain('OPENAI_API_KEY');
    expect(Object.keys(childEnv({ GITHUB_TOKEN: '', NODE_OPTIONS: '', SSH_AUTH_SOCK: '' }))).toEqual([]);
  });

  it('tell their exit once, also to who asks late, and swallow what is sent to the dead', async () => {
    const { child, exits } = start();
    child.send({ kind: 'exit' });
    await until('the exit', () => exits.length > 0);
    const late: unknown[] = [];
    child.onExit((code) => late.push(code));
    child.send({ kind: 'echo' });
    await until('the late exit', () => late.length > 0);
    expect([exits, late]).toEqual([[[7, null]], [7]]);
  });

  it('never block on what they print', async () => {
    const { child, heard } = start();
    child.send({ kind: 'talk' });
    await until('two megabytes to be taken', () => heard.includes('talked'));
  });

  it('are killed when they do not listen', async () => {
    const { child, heard, exits } = start();
    child.send({ kind: 'deaf' });
    await until('the child to be deaf', () => heard.includes('deaf'));
    child.kill();
    await until('the end', () => exits.length > 0);
    expect(exits).toEqual([[null, 'SIGKILL']]);
  });

  it('die with a parent that is killed', async () => {
    const parent = fork(fileURLToPath(new URL('./parent.ts', import.meta.url)), { execArgv: [] });
    const pid = await new Promise<number>((resolve) => parent.once('message', resolve as () => void));
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until('the child to end', () => !alive(pid));
  });
});
