import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/model/event.ts';
import { deskOf } from '../../../src/agent/proposers/desk.ts';
import { filesIn, readableFile } from '../../../src/agent/proposers/fileRef.ts';
import { createLongDocument } from '../../../src/agent/proposers/patterns/longDocument.ts';
import { contextOf } from '../../suites/proposer.ts';
import { front, NINE, rename } from '../day.ts';
import { file } from './moments.ts';

const NOW = NINE + 3_600_000;

describe('a file that an operation may name', () => {
  it('is told by the newest file event, else by a window', () => {
    const window = front(0, 'mousepad', 'plan.md - Mousepad');
    const saved = file(10, 'modified', 'plan.md');
    expect(readableFile(deskOf([window], NOW), 'plan.md')).toEqual({ event: window.id, name: 'plan.md' });
    expect(readableFile(deskOf([window, saved], NOW), 'plan.md')).toEqual({
      event: saved.id,
      name: 'plan.md',
    });
  });

  it('is none once it is deleted or has another name, or where nothing reads it', () => {
    const window = front(0, 'mousepad', 'plan.md - Mousepad');
    expect(readableFile(deskOf([window, file(10, 'deleted', 'plan.md')], NOW), 'plan.md')).toBeUndefined();
    expect(
      readableFile(deskOf([window, rename(10, 'x', 'plan.md', 'old.md')], NOW), 'plan.md'),
    ).toBeUndefined();
    expect(readableFile(deskOf([file(10, 'modified', 'plan.pdf')], NOW), 'plan.pdf')).toBeUndefined();
    expect(readableFile(deskOf([], NOW), 'plan.md')).toBeUndefined();
  });

  it('lies in a folder under its newest name', () => {
    const made = file(0, 'created', 'a.png', 'Box');
    const renamed = rename(10, 'Box', 'a.png', 'b.png');
    expect([...filesIn(deskOf([made, renamed], NOW), 'Box')]).toEqual([['b.png', renamed.id]]);
    expect(filesIn(deskOf([made], NOW), 'Other').size).toBe(0);
  });
});

describe('a long document', () => {
  const propose = async (events: readonly Event[]) => {
    const context = contextOf({ now: NINE + 600_000, events });
    const [made] = await createLongDocument().propose(context, new AbortController().signal);
    return made?.operation;
  };

  it('is read where its text can be', async () => {
    const saved = file(0, 'created', 'field guide.md', 'Birds');
    expect(await propose([saved, front(1, 'okular', 'field guide.md')])).toEqual({
      kind: 'read',
      file: { event: saved.id, name: 'field guide.md' },
    });
  });

  it('is asked about where nothing can read it', async () => {
    const saved = file(0, 'created', 'lease.pdf', 'Flat');
    expect(await propose([saved, front(1, 'okular', 'lease.pdf')])).toMatchObject({ kind: 'chat' });
  });
});
