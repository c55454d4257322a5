import OpenAI from 'openai';
import { AppError } from '../errors.ts';

/** Bytes of one reply at most, with what the protocol puts around each of its tokens: the memory must not hold a flood. */
const LARGEST = 8_000_000;

/** What came is no reply of a chat endpoint; its message is a clause. */
export class NoReply extends Error {}

/** The same fetch, whose bodies end with `NoReply` where they are longer than any reply. */
export function bounded(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.body) return response;
    let bytes = 0;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, out) {
          bytes += chunk.byteLength;
          if (bytes > LARGEST) out.error(new NoReply('sent more than any reply holds'));
          else out.enqueue(chunk);
        },
      }),
    );
    const { status, statusText, headers } = response;
    return new Response(counted, { status, statusText, headers });
  };
}

/** What went wrong with a call, in one sentence that names the host: `model-missing` where there is no such model, else `model-failed`. */
export function refusal(url: string, model: string, thrown: unknown): AppError {
  const status = thrown instanceof OpenAI.APIError ? thrown.status : undefined;
  const host = new URL(url).host;
  if (status === 401 || status === 403) {
    return new AppError(
      'model-failed',
      `[llm:remote] ${host} refused the key; enter another in the settings`,
      thrown,
    );
  }
  if (status === 404) {
    return new AppError(
      'model-missing',
      `[llm:remote] ${host} has no model ${model}; name another in the settings`,
      thrown,
    );
  }
  const noReply = [thrown, thrown instanceof Error ? thrown.cause : null].find(
    (each) => each instanceof NoReply,
  );
  const what = noReply?.message ?? (status === undefined ? 'does not answer' : `answered ${status}`);
  return new AppError(
    'model-failed',
    `[llm:remote] ${host} ${what}; check the address in the settings`,
    thrown,
  );
}
