import { describe, expect, it } from 'vitest';
import { createRenamed } from '../../../../src/agent/proposers/patterns/renamed.ts';
import type { Event } from '../../../../src/model/event.ts';
import { Proposal } from '../../../../src/model/proposal.ts';
import { contextOf } from '../../../suites/proposer.ts';
import { NINE, rename } from '../../day.ts';
import { file } from '../moments.ts';

const propose = async (seconds: number, events: readonly Event[]): Promise<Proposal> => {
  const context = contextOf({ now: NINE + seconds * 1000, events });
  const [made] = await createRenamed().propose(context, new AbortController().signal);
  return Proposal.parse(made);
};
const six = [1, 2, 3, 4, 5, 6].map((number) => file(number, 'created', `scan${number}.png`, 'Deeds'));
const two = [
  rename(60, 'Deeds', 'scan1.png', 'deed-01.png'),
  rename(75, 'Deeds', 'scan2.png', 'deed-02.png'),
];

describe('the files that a scheme has not reached yet', () => {
  it('are renamed, each by the event that told of it', async () => {
    const made = await propose(80, [...six, ...two]);
    expect(made.task).toBe('Rename the remaining four files in “Deeds” like “scan2.png” → “deed-02.png”');
    expect(made.operation).toEqual({
      kind: 'rename',
      files: [3, 4, 5, 6].map((number) => ({
        file: { event: six[number - 1]!.id, name: `scan${number}.png` },
        to: `deed-0${number}.png`,
      })),
    });
  });

  it('leave out what was deleted or lies in another folder', async () => {
    const more = [file(10, 'deleted', 'scan5.png', 'Deeds'), file(11, 'created', 'scan7.png', 'Elsewhere')];
    const { operation } = await propose(80, [...six, ...more, ...two]);
    expect(operation).toMatchObject({
      files: [{ to: 'deed-03.png' }, { to: 'deed-04.png' }, { to: 'deed-05.png' }],
    });
    expect(operation?.kind === 'rename' && operation.files.map((each) => each.file.name)).toEqual([
      'scan3.png',
      'scan4.png',
      'scan6.png',
    ]);
  });

  it('are only written down where a new name is taken', async () => {
    const taken = file(12, 'created', 'deed-04.png', 'Deeds');
    expect((await propose(80, [...six, taken, ...two])).operation?.kind).toBe('chat');
  });

  it('are only written down where nobody told which there are', async () => {
    expect((await propose(80, two)).operation?.kind).toBe('chat');
  });

  it('never take a name that has to be cleaned to be shown', async () => {
    const hostile = file(13, 'created', 'scan8\u202e.png', 'Deeds');
    const { operation } = await propose(80, [...six, hostile, ...two]);
    expect(operation?.kind === 'rename' && operation.files.length).toBe(4);
  });
});
