import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FromEngine, ToEngine } from '../../src/llm/protocol.ts';
import { runLlm } from '../../src/llm/llmProcess.ts';

const request = {
  messages: [{ role: 'user', content: 'hello' }],
  maxTokens: 5,
  temperature: 0,
  timeoutMs: 1000,
  session: 's',
};

describe('the protocol of the model process', () => {
  it('takes what the core sends and refuses what is near it', () => {
    expect(ToEngine.safeParse({ kind: 'complete', id: 1, request }).success).toBe(true);
    expect(ToEngine.safeParse({ kind: 'complete', id: -1, request }).success).toBe(false);
    expect(
      ToEngine.safeParse({ kind: 'complete', id: 1, request: { ...request, maxTokens: 1e9 } }).success,
    ).toBe(false);
    expect(ToEngine.safeParse({ kind: 'score', id: 1, request, choices: [] }).success).toBe(false);
    expect(ToEngine.safeParse({ kind: 'run', id: 1 }).success).toBe(false);
    expect(FromEngine.safeParse({ kind: 'done', id: 1, text: 'x' }).success).toBe(false);
  });

  it('drops every message that is none, without a reply and without harm', async () => {
    const sent: unknown[] = [];
    const listeners: ((message: unknown) => void)[] = [];
    const say = (message: unknown) => listeners.forEach((listener) => listener(message));
    let exits = 0;
    runLlm(
      { send: (message) => sent.push(message), onMessage: (listener) => void listeners.push(listener) },
      () => (exits += 1),
    );
    fc.assert(
      fc.property(fc.anything(), (junk) => {
        if (!ToEngine.safeParse(junk).success) say(junk);
      }),
      { numRuns: 2000 },
    );
    const kinds = fc.constantFrom('load', 'complete', 'score', 'abort');
    fc.assert(
      fc.property(kinds, fc.object(), (kind, rest) => {
        const message = { ...rest, kind };
        if (!ToEngine.safeParse(message).success) say(message);
      }),
      { numRuns: 2000 },
    );
    expect(sent).toEqual([]);
    say({ kind: 'complete', id: 7, request });
    say({ kind: 'close' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toEqual([{ kind: 'failed', id: 7, message: expect.stringContaining('not loaded') }]);
    expect(exits).toBe(1);
  });
});
