import { AppError } from '../errors.ts';
import type { Clock } from '../model/ports.ts';

/** Milliseconds a person waits for the reply. */
const WAIT = 20_000;

/**
 * Asks an endpoint once, about something that nobody did, so that nothing of the user's leaves for a test. Rejects with one
 * sentence that names the host. `ms` is the whole call.
 */
export async function tryEndpoint(options: {
  readonly url: string;
  readonly model: string;
  readonly key: string | undefined;
  readonly clock: Clock;
}): Promise<{ readonly reply: string; readonly ms: number }> {
  const { url, model, key, clock } = options;
  const { createRemoteLlm } = await import('../llm/remote.ts');
  const llm = createRemoteLlm({ url, model, key, clock });
  try {
    const { text, receipt } = await llm.complete(
      {
        messages: [
          { role: 'system', content: 'Say in one short sentence what this person may need help with.' },
          { role: 'user', content: 'The user searches for “how to bake rye bread” for the third time.' },
        ],
        maxTokens: 60,
        temperature: 0,
        timeoutMs: WAIT,
        session: 'test',
        purpose: 'bench',
        promptVersion: 'endpoint-test-1',
      },
      new AbortController().signal,
    );
    const { host } = new URL(url);
    if (receipt.stop === 'timeout')
      throw new AppError(
        'model-failed',
        `[llm:remote] ${host} did not answer within ${WAIT / 1000} s; check the address, or that it runs`,
      );
    if (text.trim() === '')
      throw new AppError('model-failed', `[llm:remote] ${host} answered with nothing; name another model`);
    return { reply: text.trim().slice(0, 400), ms: receipt.totalMs };
  } finally {
    await llm.close();
  }
}
