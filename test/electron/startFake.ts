import { fileURLToPath } from 'node:url';
import { runMain } from '../../electron/runMain.ts';
import { createFake } from './fake.ts';

/** The main process over the fake, with a core that answers little. */
export interface Started {
  readonly fake: ReturnType<typeof createFake>;
}

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Runs the main process as `args` would start it. */
export async function startFake(options: { readonly args?: readonly string[] } = {}): Promise<Started> {
  const fake = createFake();
  await runMain({
    api: fake.api,
    page: '/nowhere',
    preload: '/preload.cjs',
    entries: { core: file('./stubCore.ts'), llm: file('./stubChild.ts'), keys: file('./stubChild.ts') },
    args: options.args ?? [],
    env: { PATH: process.env['PATH'] },
    resources: '/nowhere',
    program: '/opt/beforehand',
    updater: () => Promise.reject(new Error('nobody chose it')),
  });
  return { fake };
}
