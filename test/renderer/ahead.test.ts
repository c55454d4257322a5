import { describe, expect, it } from 'vitest';
import type { Bridge } from '../../renderer/bridge.ts';
import { createAhead } from '../../renderer/timeline/ahead.ts';
import { createSource, type Source } from '../../renderer/timeline/source.ts';
import { newId } from '../../src/model/id.ts';
import type { Observation } from '../../src/model/observation.ts';

const NINE = new Date(2026, 2, 3, 9).getTime();
const ALL = { text: '', app: null };

function rowAt(time: number, event: string): Observation {
  return { id: newId(time), time, duration: 0, kind: 'window', app: 'Code', event, sources: [newId(time)] };
}

/** A core that answers only when told to. */
function startCore() {
  let log: Observation[] = [rowAt(NINE + 1000, 'first')];
  let held: (() => void)[] | null = null;
  let changed = () => {};
  const answer = (channel: string) =>
    channel === 'observations.hours' ? { hours: [[NINE, log.length]] } : { rows: [...log] };
  const bridge = {
    call: (channel: string) =>
      new Promise((resolve) => {
        const give = () => resolve(answer(channel));
        if (held) held.push(give);
        else give();
      }),
    on: (_: string, listener: () => void) => {
      changed = listener;
      return () => {};
    },
  } as unknown as Bridge;
  return {
    bridge,
    write: (row: Observation) => void (log = [row, ...log]),
    tellChanged: () => changed(),
    hold: () => void (held = []),
    release() {
      const waiting = held ?? [];
      held = null;
      for (const give of waiting) give();
    },
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const shown = ({ book }: Source) =>
  Array.from({ length: book.lines() }, (_, n) => book.line(n)).flatMap((line) =>
    line?.type === 'row' ? [line.row?.event] : [],
  );

describe('what the timeline opens with', () => {
  it('is shown before the core answers, then read anew, with rows told meanwhile once', async () => {
    const core = startCore();
    const ahead = createAhead(core.bridge);
    await ahead.read();
    core.hold();
    const source = createSource(core.bridge, ALL, () => {}, ahead);
    await settle();
    expect(source.state()).toBe('ready');
    expect(shown(source)).toEqual(['first']);

    const told = rowAt(NINE + 3000, 'told');
    const unheard = rowAt(NINE + 2000, 'unheard');
    core.write(unheard);
    core.write(told);
    source.add([told]);
    expect(shown(source)).toEqual(['told', 'first']);
    core.release();
    await settle();
    expect(shown(source)).toEqual(['told', 'unheard', 'first']);
    source.close();
  });

  it('is dropped when the log changed, also by what was read while it did', async () => {
    const core = startCore();
    const ahead = createAhead(core.bridge);
    await ahead.read();
    core.tellChanged();
    expect(ahead.newest()).toBeNull();

    core.hold();
    const reading = ahead.read();
    core.tellChanged();
    core.release();
    await reading;
    expect(ahead.newest()).toBeNull();

    core.hold();
    const source = createSource(core.bridge, ALL, () => {}, ahead);
    await settle();
    expect(source.state()).toBe('loading');
    core.release();
    await settle();
    expect(shown(source)).toEqual(['first']);
    source.close();
  });

  it('is for all rows only: those of one app are read for themselves', async () => {
    const core = startCore();
    const ahead = createAhead(core.bridge);
    await ahead.read();
    core.hold();
    const source = createSource(core.bridge, { text: '', app: 'Code' }, () => {}, ahead);
    await settle();
    expect(source.state()).toBe('loading');
    source.close();
  });
});
