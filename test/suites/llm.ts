import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Receipt } from '../../src/model/decision.ts';
import type { CompletionRequest, Llm } from '../../src/model/llm.ts';

/** A small request; fields may be replaced. */
export function ask(change: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    messages: [
      { role: 'system', content: 'Answer in few words.' },
      { role: 'user', content: 'Tell a story about a lighthouse and its keeper.' },
    ],
    maxTokens: 12,
    temperature: 0,
    timeoutMs: 60_000,
    session: 'suite',
    purpose: 'bench',
    promptVersion: 'suite-1',
    ...change,
  };
}

/** Never aborted. */
export const calm = (): AbortSignal => new AbortController().signal;

/** What every Llm must do. `create` gives one that answers at least three words and takes at least 100 ms for 500. */
export function testLlm(name: string, create: () => Promise<Llm>): void {
  describe(`${name} is an Llm`, () => {
    let llm: Llm;
    beforeAll(async () => {
      llm = await create();
    });
    afterAll(async () => {
      await llm.close();
    });

    it('completes and streams the same text, with a valid receipt', async () => {
      const pieces: string[] = [];
      const { text, receipt } = await llm.complete(ask({ onText: (piece) => pieces.push(piece) }), calm());
      expect(text.length).toBeGreaterThan(0);
      expect(pieces.join('')).toBe(text);
      expect(Receipt.parse(receipt)).toEqual(receipt);
      expect(receipt.promptTokens).toBeGreaterThan(5);
      expect(receipt.prefillTokens).toBeLessThanOrEqual(receipt.promptTokens);
      expect(receipt.outputTokens).toBeGreaterThan(0);
      expect(receipt.outputTokens).toBeLessThanOrEqual(13);
      expect(receipt.purpose).toBe('bench');
      expect(receipt.promptVersion).toBe('suite-1');
      expect(receipt.totalMs).toBeGreaterThanOrEqual(receipt.firstTokenMs);
    });

    it('says which model it is', () => {
      const info = llm.info();
      expect(info.state).toBe('ready');
      expect(info.alias).not.toBe('');
      expect(info.digest).not.toBe('');
      expect(info.context).toBeGreaterThan(500);
    });

    it('scores choices as probabilities', async () => {
      const { probabilities, receipt } = await llm.score(ask(), ['yes', 'no', 'maybe'], calm());
      expect(probabilities).toHaveLength(3);
      expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
      for (const each of probabilities) expect(each).toBeGreaterThanOrEqual(0);
      expect(receipt.stop).toBe('end');
    });

    it('serves calls one at a time, in order', async () => {
      const ended: number[] = [];
      await Promise.all(
        [0, 1, 2].map(async (at) => {
          await llm.complete(ask({ maxTokens: 3 - at }), calm());
          ended.push(at);
        }),
      );
      expect(ended).toEqual([0, 1, 2]);
    });

    it('an abort is a value, before and during a call, and the next call works', async () => {
      const before = await llm.complete(ask(), AbortSignal.abort());
      expect(before.receipt.stop).toBe('abort');
      const stop = new AbortController();
      const long = llm.complete(ask({ maxTokens: 500, session: 'long' }), stop.signal);
      setTimeout(() => stop.abort(), 60);
      expect((await long).receipt.stop).toBe('abort');
      expect((await llm.complete(ask(), calm())).receipt.stop).not.toBe('abort');
    });

    it('a time-out is a value', async () => {
      const { receipt } = await llm.complete(ask({ maxTokens: 500, timeoutMs: 50, session: 'long' }), calm());
      expect(receipt.stop).toBe('timeout');
    });

    it('rejects with an AppError once closed', async () => {
      const other = await create();
      await other.close();
      await expect(other.complete(ask(), calm())).rejects.toMatchObject({ code: 'model-failed' });
      expect(other.info().state).toBe('off');
    });
  });
}
