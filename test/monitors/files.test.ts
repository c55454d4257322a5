import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Event, FileEvent } from '../../src/model/event.ts';
import type { Stop } from '../../src/model/monitor.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createFilesMonitor } from '../../src/monitors/files.ts';
import { faultOf } from '../../src/monitors/folderWatch.ts';
import { createFilePlaces } from '../../src/operations/places.ts';
import { watchedFolders } from '../../src/monitors/folders.ts';
import { recordingGuard, testMonitor } from '../suites/monitor.ts';
import { until } from '../until.ts';

let number = 0;

testMonitor('files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  return {
    monitor: createFilesMonitor({ folders: [folder], guard: recordingGuard().guard, clock: systemClock }),
    provoke: () => writeFileSync(join(folder, `file ${++number}.txt`), 'x'),
    source: { kill: () => rmSync(folder, { recursive: true }), revive: () => mkdirSync(folder) },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
});

describe('files', () => {
  let folder: string;
  let events: Event[];
  let stop: Stop;
  const at = (...names: string[]) => join(folder, ...names);
  const seen = () =>
    events
      .filter((event): event is FileEvent => event.kind === 'file')
      .map(({ data }) => [data.action, data.name, ...(data.from ? [data.from] : [])].join(' '));
  const start = async (guard = recordingGuard().guard, folders = [folder]) => {
    const monitor = createFilesMonitor({ folders, guard, clock: systemClock });
    stop = await monitor.start((event) => events.push(event));
    return monitor;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'files-'));
    events = [];
    stop = async () => {};
    writeFileSync(at('notes.txt'), 'first');
  });
  afterEach(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  /** A last, harmless file: once it is told, everything before it has been told too. */
  const settle = async () => {
    const name = `mark${++number}.md`;
    writeFileSync(at(name), '');
    await until('the mark', () => seen().includes(`created ${name}`));
    return seen().filter((each) => !each.includes('mark'));
  };

  it('remembers where each file lies that it tells of, and takes no rename of the program for the person’s', async () => {
    const places = createFilePlaces();
    const monitor = createFilesMonitor({
      folders: [folder],
      guard: recordingGuard().guard,
      clock: systemClock,
      places,
    });
    stop = await monitor.start((event) => events.push(event));
    writeFileSync(at('plan.txt'), 'x');
    await settle();
    const told = events.find((event) => event.kind === 'file' && event.data.name === 'plan.txt')!;
    expect(places.pathOf(told.id)).toBe(at('plan.txt'));
    expect(JSON.stringify(told)).not.toContain(folder);
    places.ours([at('plan.txt'), at('plan-1.txt')]);
    renameSync(at('plan.txt'), at('plan-1.txt'));
    renameSync(at('notes.txt'), at('ideas.txt'));
    expect(await settle()).toEqual(['created plan.txt', 'renamed ideas.txt notes.txt']);
    writeFileSync(at('plan-1.txt'), 'edited by the person');
    expect(await settle()).toContain('modified plan-1.txt');
  });

  it('tells a rename as one event', async () => {
    await start();
    renameSync(at('notes.txt'), at('ideas.txt'));
    await until('the rename', () => seen().length > 0);
    expect(await settle()).toEqual(['renamed ideas.txt notes.txt']);
  });

  it('tells an atomic save, with a temporary file renamed over, as one modified', async () => {
    await start();
    writeFileSync(at('anything'), 'second version');
    renameSync(at('anything'), at('notes.txt'));
    await until('the save', () => seen().length > 0);
    expect(await settle()).toEqual(['modified notes.txt']);
  });

  it('tells the save of an editor that keeps a backup and a swap file as one modified', async () => {
    await start();
    writeFileSync(at('.notes.txt.swp'), 'swap');
    writeFileSync(at('4913'), '');
    rmSync(at('4913'));
    renameSync(at('notes.txt'), at('notes.txt~'));
    writeFileSync(at('notes.txt'), 'second version');
    rmSync(at('notes.txt~'));
    rmSync(at('.notes.txt.swp'));
    await until('the save', () => seen().length > 0);
    expect(await settle()).toEqual(['modified notes.txt']);
  });

  it('does not take a backup beside the original for a rename', async () => {
    await start();
    renameSync(at('notes.txt'), at('notes.orig'));
    writeFileSync(at('notes.txt'), 'second version');
    await until('both', () => seen().length >= 2);
    expect((await settle()).toSorted()).toEqual(['created notes.orig', 'modified notes.txt']);
  });

  it('does not take an inode that is used again for a rename', async () => {
    await start();
    rmSync(at('notes.txt'));
    writeFileSync(at('other.txt'), 'longer than first');
    await until('both', () => seen().length >= 2);
    expect((await settle()).toSorted()).toEqual(['created other.txt', 'deleted notes.txt']);
  });

  it('looks into no hidden, generated or linked place and at no passing file', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    symlinkSync(outside, at('link'));
    for (const name of ['node_modules', '.git', 'build']) mkdirSync(at(name));
    await start();
    for (const name of ['node_modules', '.git', 'build']) writeFileSync(at(name, 'a.txt'), '');
    for (const name of ['.hidden', 'x.swp', 'y.part', 'z.crdownload', '.~lock.a.odt#', 'w~']) {
      writeFileSync(at(name), '');
    }
    writeFileSync(join(outside, 'secret.txt'), '');
    expect(await settle()).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  it('tells type, size and binary, the folder by its last name, and never content', async () => {
    await start();
    mkdirSync(at('sub'));
    writeFileSync(at('sub', 'sk-123.md'), 'grüße');
    writeFileSync(at('blob'), Buffer.from([1, 0, 2]));
    await until('both', () => seen().length >= 2);
    const data = events.map((event) => event.data);
    const markdown = { action: 'created', name: '<TOKEN>.md', folder: 'sub', type: 'markdown' };
    expect(data).toContainEqual({ ...markdown, size: 7, binary: false });
    expect(data).toContainEqual(
      expect.objectContaining({ name: 'blob', type: 'file', size: 3, binary: true }),
    );
    expect(JSON.stringify(events)).not.toContain('grüße');
    expect(JSON.stringify(events)).not.toContain(tmpdir());
  });

  it('drops what the Guard forbids, and says only that', async () => {
    const { guard } = recordingGuard((context) =>
      context.path?.includes('tax') ? { allow: 'nothing', reason: 'excluded' } : { allow: 'content' },
    );
    await start(guard);
    writeFileSync(at('tax.pdf'), '');
    await until('the drop', () => events.some((event) => event.kind === 'dropped'));
    expect(JSON.stringify(events)).not.toContain('tax');
  });

  it('sums up what changes by the hundred', async () => {
    await start();
    for (let index = 0; index < 100; index++) writeFileSync(at(`f${index}`), '');
    await until('the sum', () => events.some((event) => event.kind === 'dropped'));
    expect(seen().length).toBeLessThanOrEqual(60);
  });

  it('names a missing folder with its mend, watches the others, and takes it up when it appears', async () => {
    const late = at('late');
    const other = mkdtempSync(join(tmpdir(), 'files-'));
    const monitor = await start(recordingGuard().guard, [other, late]);
    expect(monitor.health()).toMatchObject({
      state: 'unhealthy',
      mend: expect.stringContaining('create it'),
    });
    writeFileSync(join(other, 'a.txt'), '');
    await until('the other folder', () => seen().includes('created a.txt'));
    mkdirSync(late);
    await until('health', () => monitor.health().state === 'healthy');
    writeFileSync(join(late, 'b.txt'), '');
    await until('the late folder', () => seen().includes('created b.txt'));
    rmSync(other, { recursive: true });
  });

  it('has a mend for each refusal of the kernel', () => {
    for (const code of ['ENOSPC', 'EMFILE', 'EACCES', 'EIO']) {
      const { reason, mend } = faultOf(Object.assign(new Error('/home/me/secret'), { code }));
      expect(reason).toMatch(/^\[monitor:files\] /);
      expect(mend.length).toBeGreaterThan(10);
      expect(reason + mend).not.toContain('secret');
    }
  });

  it('finds the default folders by user-dirs.dirs, never the home folder itself', () => {
    mkdirSync(at('.config'));
    for (const name of ['Dokumente', 'Downloads']) mkdirSync(at(name));
    const lines = ['# comment', 'XDG_DOCUMENTS_DIR="$HOME/Dokumente"', 'XDG_DESKTOP_DIR="$HOME/"'];
    writeFileSync(at('.config', 'user-dirs.dirs'), lines.join('\n'));
    expect(watchedFolders([], folder, {})).toEqual([at('Dokumente'), at('Downloads')]);
    expect(watchedFolders(['/chosen', '/chosen'], folder, {})).toEqual(['/chosen']);
  });
});
