import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configuration } from '../../scripts/packaging.mjs';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      { readonly steps: readonly Step[]; readonly permissions?: unknown; readonly 'timeout-minutes'?: number }
    >
  >;
}

const root = new URL('../../', import.meta.url);
const read = (name: string) => readFileSync(fileURLToPath(new URL(name, root)), 'utf8');
const names = readdirSync(fileURLToPath(new URL('.github/workflows', root)));
const workflow = (name: string) => parse(read(`.github/workflows/${name}`)) as Workflow;

describe('the workflows', () => {
  it.each(names)(
    '%s asks for no right it does not need, and no step takes text of strangers as a command',
    (name) => {
      const { permissions, jobs } = workflow(name);
      expect(permissions).toEqual({ contents: 'read' });
      for (const [job, { steps, permissions: more, 'timeout-minutes': minutes }] of Object.entries(jobs)) {
        expect(more).toEqual(job === 'draft' ? { contents: 'write' } : undefined);
        expect(minutes).toBeGreaterThan(0);
        for (const { uses, run, with: given } of steps) {
          // A commit, or a major version of an action that GitHub itself keeps.
          if (uses) expect(uses).toMatch(/^(?:actions\/[\w-]+@v\d+|[\w-]+\/[\w-]+@[0-9a-f]{40})$/);
          if (uses?.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).toBe(false);
          expect(run ?? '').not.toContain('${{');
          expect(run ?? '').not.toMatch(/curl|wget|npm install|npx (?!--no-install)/);
        }
      }
    },
  );

  it('a release comes of a tag alone, is tested first, on three systems, and stays a draft', () => {
    const { on, jobs } = workflow('release.yml');
    expect(on).toEqual({ push: { tags: ['v*.*.*'] } });
    expect(Object.keys(jobs)).toEqual(['test', 'package', 'draft']);
    const text = read('.github/workflows/release.yml');
    for (const system of ['ubuntu', 'macos', 'windows']) expect(text).toContain(system);
    expect(text).toContain('--draft');
    expect(text).toMatch(/npm ci --ignore-scripts/);
  });
});

describe('the configuration of packages', () => {
  it('knows the targets of three systems, the scheme of links, and no install script', () => {
    const config = configuration({ release: false });
    expect(config).toMatchObject({
      npmRebuild: false,
      asar: true,
      linux: {
        target: ['AppImage', 'deb'],
        desktop: { entry: { MimeType: 'x-scheme-handler/beforehand;' } },
      },
      mac: { target: ['dmg', 'zip'], hardenedRuntime: true },
      win: { target: ['nsis'] },
      nsis: { perMachine: false, allowElevation: false },
      protocols: [{ schemes: ['beforehand'] }],
    });
    expect(config['afterPack']).toBeUndefined();
    expect(configuration({ release: true })).toMatchObject({
      afterPack: 'build/afterPack.mjs',
      publish: null,
    });
  });

  it('names all nine fuses', async () => {
    const { FuseV1Options } = await import('@electron/fuses');
    const all = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
    const named = Object.keys(JSON.parse(read('build/fuses.json')) as object);
    expect(named.map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`).toSorted()).toEqual(
      all.toSorted(),
    );
  });

  it('gives no right on macOS but what V8 and foreign modules need', () => {
    const rights = [...read('build/entitlements.mac.plist').matchAll(/<key>(.*?)<\/key>/g)].map(
      (each) => each[1],
    );
    expect(rights).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.cs.disable-library-validation',
    ]);
  });
});
