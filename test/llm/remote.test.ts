import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRemoteLlm } from '../../src/llm/remote.ts';
import { Receipt } from '../../src/model/decision.ts';
import { systemClock } from '../../src/model/ports.ts';
import { ask, calm, testLlm } from '../suites/llm.ts';

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly max_tokens: number;
  readonly stream?: boolean;
  readonly logprobs?: boolean;
}

/** A little endpoint in the format of the public API reference: streams words, 10 ms each. */
let mode: 'plain' | 'logprobs' | 'echo' | number = 'plain';
const bodies: Asked[] = [];
const keys: (string | undefined)[] = [];

async function endpoint(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let raw = '';
  for await (const chunk of request) raw += chunk;
  const body = JSON.parse(raw) as Asked;
  bodies.push(body);
  keys.push(request.headers.authorization);
  if (typeof mode === 'number') {
    response.writeHead(mode, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'no' } }));
    return;
  }
  const usage = {
    prompt_tokens: 40,
    completion_tokens: Math.min(8, body.max_tokens),
    total_tokens: 48,
    prompt_tokens_details: { cached_tokens: 30 },
  };
  if (!body.stream) {
    const top = [
      { token: ' no', logprob: Math.log(0.6) },
      { token: 'yes', logprob: Math.log(0.2) },
    ];
    const logprobs = mode === 'logprobs' ? { content: [{ top_logprobs: top }] } : null;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        choices: [
          { index: 0, message: { role: 'assistant', content: 'no' }, finish_reason: 'length', logprobs },
        ],
        usage,
      }),
    );
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const words =
    mode === 'echo' ? ['{"he', 'lp":', 'false}'] : Array.from({ length: body.max_tokens }, () => 'sea ');
  for (const content of words) {
    if (response.destroyed) return;
    response.write(
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`,
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  response.write(
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`,
  );
  response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
  response.end('data: [DONE]\n\n');
}

const server = createServer((request, response) => void endpoint(request, response));
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const create = (key?: string) => createRemoteLlm({ url, model: 'tiny', key, clock: systemClock });

testLlm('remote', async () => {
  mode = 'plain';
  return create();
});

it('remote: reads probabilities where the endpoint has them, else its one word', async () => {
  mode = 'logprobs';
  expect((await create().score(ask(), ['yes', 'no'], calm())).probabilities[0]).toBeCloseTo(0.25, 5);
  mode = 'plain';
  expect((await create().score(ask(), ['yes', 'no'], calm())).probabilities).toEqual([0, 1]);
});

it('remote: asks for the prefix in words and takes it off the reply', async () => {
  mode = 'echo';
  const { text } = await create().complete(ask({ prefix: '{"help":' }), calm());
  expect(text).toBe('false}');
  expect(bodies.at(-1)?.messages.at(-1)?.content).toContain('{"help":');
});

it('remote: counts what the endpoint reused', async () => {
  mode = 'plain';
  const { receipt } = await create().complete(ask(), calm());
  expect([receipt.promptTokens, receipt.prefillTokens, receipt.outputTokens]).toEqual([40, 10, 8]);
});

it('remote: sends the key it was given and no other, and says whether words leave the machine', async () => {
  mode = 'plain';
  await create('secret').complete(ask({ maxTokens: 1 }), calm());
  expect(keys.at(-1)).toBe('Bearer secret');
  expect(create().info().leaves).toBe(false);
  const far = createRemoteLlm({ url: 'https://models.example/v1', model: 'x', clock: systemClock });
  expect(far.info().leaves).toBe(true);
});

it.each([
  [401, 'model-failed', /key/],
  [404, 'model-missing', /tiny/],
  [500, 'model-failed', /500/],
])('remote: turns a %i into one sentence', async (status, code, sentence) => {
  mode = status;
  const llm = create();
  await expect(llm.complete(ask(), calm())).rejects.toMatchObject({
    code,
    message: expect.stringMatching(sentence),
  });
  expect(llm.info().state).toBe('failed');
  mode = 'plain';
  await llm.complete(ask({ maxTokens: 1 }), calm());
  expect(llm.info().state).toBe('ready');
});

it('remote: an address where nobody answers is one sentence too', async () => {
  const llm = createRemoteLlm({ url: 'http://127.0.0.1:1/v1', model: 'x', clock: systemClock });
  await expect(llm.complete(ask(), calm())).rejects.toMatchObject({
    code: 'model-failed',
    message: expect.stringContaining('does not answer'),
  });
});

it.each([
  [
    'a page to log in to, with 200',
    () => new Response('<html>log in</html>', { headers: { 'content-type': 'text/html' } }),
    'answered with something that is no reply',
  ],
  [
    'a reply that never ends, without one line end',
    () =>
      new Response(new ReadableStream({ pull: (out) => out.enqueue(new Uint8Array(1_000_000).fill(97)) }), {
        headers: { 'content-type': 'text/event-stream' },
      }),
    'sent more than any reply holds',
  ],
])('remote: %s is no reply, and no empty one', async (_, reply, what) => {
  const fetch = () => Promise.resolve(reply());
  const llm = createRemoteLlm({ url: 'http://127.0.0.1:9/v1', model: 'm', clock: systemClock, fetch });
  await expect(llm.complete(ask(), calm())).rejects.toMatchObject({
    code: 'model-failed',
    message: expect.stringContaining(`127.0.0.1:9 ${what}`),
  });
});

it('remote: counts that are none are taken for absent', async () => {
  const usage = {
    prompt_tokens: 'many',
    completion_tokens: -3,
    prompt_tokens_details: { cached_tokens: 0.5 },
  };
  const chunk = { choices: [{ index: 0, delta: { content: 'yes' }, finish_reason: 'stop' }], usage };
  const text = `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
  const fetch = () =>
    Promise.resolve(new Response(text, { headers: { 'content-type': 'text/event-stream' } }));
  const llm = createRemoteLlm({ url: 'http://127.0.0.1:9/v1', model: 'm', clock: systemClock, fetch });
  const { receipt } = await llm.complete(ask(), calm());
  expect(Receipt.safeParse(receipt).success).toBe(true);
});
