import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Proposer, ProposerContext } from '../../src/model/agent.ts';
import { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import type { Observation } from '../../src/model/observation.ts';
import { Proposal } from '../../src/model/proposal.ts';

/** A moment on which a proposer must speak, in one of the two forms; `names` stands in its task. */
export interface Evident {
  readonly what: string;
  readonly now: number;
  readonly events: readonly Event[];
  readonly observations: readonly Observation[];
  readonly names: string;
}

/** A context as the agent gives it. */
export function contextOf(part: Partial<ProposerContext> & { readonly now: number }): ProposerContext {
  return {
    events: [],
    observations: [],
    need: { probability: 0.5, reasons: [] },
    onReceipt: () => {},
    ...part,
  };
}

/** A sentence as an observation. */
export function sentence(time: number, event: string, duration = 0): Observation {
  const id = newId(time);
  return { id, time, duration, kind: 'described', event, sources: [id] };
}

const NOW = Date.UTC(2026, 10, 23, 9, 0);

/** Any valid events, hostile texts included. */
export const anyEvents: fc.Arbitrary<Event[]> = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 3_600_000 }),
      duration: fc.integer({ min: 0, max: 3_600_000 }),
      app: fc.option(
        fc.oneof(fc.constantFrom('firefox', 'code', 'xterm', 'evince'), fc.string({ maxLength: 20 })),
        {
          nil: undefined,
        },
      ),
      text: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom(
          "KeyError: 'left_on'",
          'pandas merge - Google Search — Mozilla Firefox',
          'Deep learning.pdf',
          "The user searches for 'a' on Google.",
          "''''' “”“ error: \u0000\u202e",
        ),
      ),
      other: fc.string({ maxLength: 40 }),
      count: fc.nat({ max: 500 }),
      kind: fc.constantFrom(
        'window',
        'afk',
        'clipboard',
        'keyboard',
        'file',
        'capture',
        'dropped',
        'described',
      ),
    }),
    { maxLength: 40 },
  )
  .map((parts) =>
    parts.map((part) => {
      const base = {
        id: newId(NOW),
        at: NOW - part.at,
        duration: part.duration,
        monitor: 'test',
        app: part.app,
      };
      const data = {
        title: part.text,
        status: part.count % 2 ? 'afk' : 'not-afk',
        content: 'text',
        size: part.count,
        keys: part.count,
        words: part.count % 7,
        corrections: 0,
        chords: part.count % 3 ? ['copy', 'paste'] : [],
        text: part.text,
        action: part.count % 2 ? 'renamed' : 'modified',
        name: part.text,
        from: part.other,
        folder: part.other,
        type: 'text',
        binary: false,
        state: 'paused',
        source: 'x',
        reason: 'x',
        sentence: part.text,
      };
      return Event.parse({ ...base, kind: part.kind, data: { ...data, count: part.count + 1 } });
    }),
  );

/** What every proposer that works without a model keeps. */
export function testProposer(
  name: string,
  create: () => Proposer,
  evident: readonly Evident[],
  unrelated: readonly { readonly events: readonly Event[]; readonly observations: readonly Observation[] }[],
): void {
  const signal = new AbortController().signal;
  const propose = (context: Parameters<typeof contextOf>[0], on = signal): Promise<readonly Proposal[]> =>
    create().propose(contextOf(context), on);

  describe(`proposer ${name}`, () => {
    it('is silent on an empty window', async () => {
      expect(await propose({ now: NOW })).toEqual([]);
    });

    it('is silent on unrelated windows', async () => {
      for (const window of unrelated) {
        const now = Math.max(
          ...window.events.map((each) => each.at),
          ...window.observations.map((each) => each.time),
        );
        expect(await propose({ ...window, now })).toEqual([]);
      }
    });

    it.each(evident)('speaks on $what, and names it', async (moment) => {
      const [made, ...more] = await propose(moment);
      expect(more).toEqual([]);
      expect(Proposal.parse(made)).toEqual(made);
      expect(made!.task).toContain(moment.names);
      expect(made!.why).not.toBe('');
      expect(made!.operation).toBeDefined();
      expect(made!.proposer).toBe(create().name);
    });

    it.each(evident)('says the same twice, on $what', async (moment) => {
      expect(await propose(moment)).toEqual(await propose(moment));
    });

    it.each(evident)('is silent about $what an hour later', async (context) => {
      const idle = sentence(context.now + 3_600_000, "The user switches to the window 'Calculator'.");
      const later =
        context.events.length > 0
          ? {
              events: [
                ...context.events,
                Event.parse({
                  id: idle.id,
                  at: idle.time,
                  duration: 0,
                  monitor: 'window',
                  app: 'Calculator',
                  kind: 'window',
                  data: { title: 'Calculator' },
                }),
              ],
              observations: [],
            }
          : { events: [], observations: [...context.observations, idle] };
      expect(await propose({ ...later, now: idle.time })).toEqual([]);
    });

    it('does nothing once aborted', async () => {
      for (const moment of evident) {
        expect(await propose(moment, AbortSignal.abort())).toEqual([]);
      }
    });

    it('never throws and never makes anything but a Proposal, whatever happened', async () => {
      await fc.assert(
        fc.asyncProperty(anyEvents, async (events) => {
          const sentences = events.map((each) =>
            sentence(each.at, `The user copied text in Code: ${Object.values(each.data).join(' ')}`),
          );
          for (const context of [
            { events, observations: [] },
            { events: [], observations: sentences },
          ]) {
            for (const made of await propose({ ...context, now: NOW })) {
              expect(Proposal.parse(made)).toEqual(made);
              expect(Object.values({ ...made, ...made.operation }).join(' ')).not.toMatch(/[\p{Cc}\u202e]/u);
            }
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}
