import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openVersions, type StoredVersion, versionsFile } from '../../src/reward/versions.ts';

const clock = { now: () => Date.UTC(2026, 10, 24) };

function folder(): string {
  const place = mkdtempSync(join(tmpdir(), 'beforehand-learned-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  return place;
}

async function open(data: string) {
  const notes: string[] = [];
  const versions = await openVersions(versionsFile(data), { clock, onNote: (line) => notes.push(line) });
  return { versions, notes };
}

const version = (id: string, more: Partial<StoredVersion> = {}): StoredVersion => ({
  id,
  at: 1,
  learntFrom: 9,
  bias: 0.5,
  apps: [{ app: 'Slack', bias: -1 }],
  kinds: [],
  ...more,
});

async function withOne(data: string) {
  const { versions } = await open(data);
  await versions.change((now) => ({ ...now, versions: [version('v1')], inUse: 'v1', next: 2, triedOn: 9 }));
  return versions;
}

describe('what was learnt, on disk', () => {
  it('is there after a restart, readable by its owner alone', async () => {
    const data = folder();
    await withOne(data);
    const { versions, notes } = await open(data);
    expect(versions.get()).toEqual({
      inUse: 'v1',
      byHand: false,
      triedOn: 9,
      next: 2,
      versions: [version('v1')],
    });
    expect(versions.nextId()).toBe('v2');
    expect(notes).toEqual([]);
    expect(statSync(versionsFile(data)).mode & 0o777).toBe(0o600);
    expect(readdirSync(data)).toEqual(['learned.json']);
  });

  it('keeps the newest 20, and the one in use however old', async () => {
    const { versions } = await open(folder());
    for (let n = 1; n <= 30; n += 1) {
      await versions.change((now) => ({
        ...now,
        versions: [...now.versions, version(`v${n}`)],
        inUse: 'v1',
      }));
    }
    const kept = versions.get().versions.map(({ id }) => id);
    expect(kept).toHaveLength(20);
    expect(kept[0]).toBe('v1');
    expect(kept.at(-1)).toBe('v30');
  });

  it('changes one after the other, and not at all where the disk refuses', async () => {
    const data = folder();
    const { versions } = await open(data);
    await Promise.all(
      Array.from({ length: 5 }, () => versions.change((now) => ({ ...now, triedOn: now.triedOn + 1 }))),
    );
    expect(versions.get().triedOn).toBe(5);
    rmSync(versionsFile(data));
    symlinkSync('/dev/full', versionsFile(data));
    await expect(versions.change((now) => ({ ...now, triedOn: 99 }))).rejects.toThrow(/^\[reward\] /);
    expect(versions.get().triedOn).toBe(5);
  });

  it('goes without a trace', async () => {
    const data = folder();
    writeFileSync(versionsFile(data), 'damaged');
    const { versions } = await open(data);
    await versions.change((now) => ({ ...now, triedOn: 1 }));
    expect(readdirSync(data)).toHaveLength(2);
    await versions.clear();
    expect(readdirSync(data)).toEqual([]);
    expect(versions.get().triedOn).toBe(0);
  });
});

describe('a file that is not right', () => {
  const whole = (change: (file: Record<string, unknown>) => void) => async (data: string) => {
    await withOne(data);
    const file = JSON.parse(readFileSync(versionsFile(data), 'utf8')) as Record<string, unknown>;
    change(file);
    writeFileSync(versionsFile(data), JSON.stringify(file));
  };
  const text = (content: string) => async (data: string) => writeFileSync(versionsFile(data), content);
  const first = (file: Record<string, unknown>) => (file['versions'] as Record<string, unknown>[])[0]!;

  it.each<[string, (data: string) => Promise<void>]>([
    ['broken off', text('{"schema":"learned-1","inUse":"v1"')],
    ['empty', text('')],
    ['a list', text('[]')],
    ['of another schema', whole((file) => (file['schema'] = 'learned-9'))],
    ['with a bias that would show everything', whole((file) => (first(file)['bias'] = 1e9))],
    ['with a bias that is no number', whole((file) => (first(file)['bias'] = null))],
    ['with fields of somebody else', whole((file) => (first(file)['run'] = 'rm'))],
    ['with an id that is none of ours', whole((file) => (first(file)['id'] = '../../x'))],
    ['using what is not there', whole((file) => (file['inUse'] = 'v7'))],
    ['with one id twice', whole((file) => (file['versions'] = [version('v1'), version('v1')]))],
    ['with a next id that is taken', whole((file) => (file['next'] = 1))],
    [
      'with more apps than there can be',
      whole((file) => (first(file)['apps'] = Array.from({ length: 201 }, () => ({ app: 'a', bias: 0 })))),
    ],
    ['nested without end', text('['.repeat(100_000))],
    ['far too large', text(' '.repeat(1_000_001))],
    ['a link', async (data) => symlinkSync('/dev/zero', versionsFile(data))],
  ])('%s: kept aside, one sentence, the shipped model', async (_, damage) => {
    const data = folder();
    await damage(data);
    const { versions, notes } = await open(data);
    expect(versions.get()).toMatchObject({ inUse: 'shipped', versions: [] });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('learned.damaged-2026-11-24T00-00-00.000Z.json');
    expect(existsSync(versionsFile(data))).toBe(false);
    expect(readdirSync(data)).toEqual(['learned.damaged-2026-11-24T00-00-00.000Z.json']);
    await versions.change((now) => ({ ...now, triedOn: 3 }));
    expect((await open(data)).versions.get().triedOn).toBe(3);
  });

  it('takes a name that a prototype has for a plain name', async () => {
    const data = folder();
    await whole((file) => (first(file)['apps'] = [{ app: '__proto__', bias: 1 }]))(data);
    const { versions, notes } = await open(data);
    expect(notes).toEqual([]);
    expect(versions.get().versions[0]!.apps).toEqual([{ app: '__proto__', bias: 1 }]);
  });
});
