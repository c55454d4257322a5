import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assistant } from '../src/contract.ts';
import { AppError } from '../src/errors.ts';
import { connect, serve, type Handlers, type Transport } from '../src/rpc.ts';

/** Two ends of a pipe in this process. */
function pipe() {
  const ends = [0, 1].map(() => ({
    messages: [] as ((m: unknown) => void)[],
    closes: [] as (() => void)[],
  })) as [End, End];
  const side = (here: End, there: End): Transport => ({
    send: (message) => {
      const copy: unknown = JSON.parse(JSON.stringify(message));
      for (const listener of there.messages) listener(copy);
    },
    onMessage: (listener) => void here.messages.push(listener),
    onClose: (listener) => void here.closes.push(listener),
  });
  return {
    server: side(ends[0], ends[1]),
    client: side(ends[1], ends[0]),
    hangUp: () => ends.forEach((end) => end.closes.forEach((close) => close())),
  };
}
interface End {
  messages: ((m: unknown) => void)[];
  closes: (() => void)[];
}

type Channel = keyof typeof assistant.channels;
const channels = Object.keys(assistant.channels) as Channel[];

/** Handlers that check what they are called with. */
function checked() {
  const unparsed: string[] = [];
  let called = 0;
  const entries = channels.map((channel) => [
    channel,
    async (input: unknown) => {
      called += 1;
      if (!assistant.channels[channel].input.safeParse(input).success) unparsed.push(channel);
      return {};
    },
  ]);
  return {
    handlers: Object.fromEntries(entries) as Handlers<typeof assistant>,
    unparsed,
    called: () => called,
  };
}

it('10,000 messages of any shape: no crash, and no handler sees input that was not parsed', async () => {
  const { handlers, unparsed, called } = checked();
  const { server, client } = pipe();
  serve(assistant, handlers, server);
  const replies: unknown[] = [];
  client.onMessage((message) => replies.push(message));
  const lost: unknown[] = [];
  const listen = (thrown: unknown) => lost.push(thrown);
  process.on('unhandledRejection', listen);
  const plausible = fc.record(
    {
      minutes: fc.oneof(fc.integer(), fc.constant(null)),
      id: fc.oneof(fc.uuid(), fc.string()),
      answer: fc.constantFrom('accept', 'reject', 'snooze', 'maybe'),
      via: fc.constantFrom('card', 'inbox', 'hotkey', 'timeout'),
      alias: fc.string(),
      everything: fc.boolean(),
      app: fc.string(),
      source: fc.constantFrom('window', 'clipboard', '__proto__'),
    },
    { requiredKeys: [] },
  );
  const message = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        id: fc.oneof(fc.integer(), fc.jsonValue()),
        channel: fc.oneof(fc.constantFrom(...channels, '__proto__', 'constructor', 'toString'), fc.string()),
        input: fc.oneof(plausible, fc.jsonValue(), fc.constant({})),
      },
      { requiredKeys: [] },
    ),
  );
  let requests = 0;
  for (const each of fc.sample(message, { numRuns: 10_000, seed: 7 })) {
    const { id, channel } = (each ?? {}) as { id?: unknown; channel?: unknown };
    if (Number.isSafeInteger(id) && typeof channel === 'string' && channel.length <= 64) requests += 1;
    client.send(each);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.off('unhandledRejection', listen);
  expect([unparsed, lost]).toEqual([[], []]);
  expect(called()).toBeGreaterThan(100);
  // Every request is answered, by an output or by a code.
  expect(replies).toHaveLength(requests);
});

it('a handler’s failure is a code and a sentence, never a stack; a wrong input names its channel', async () => {
  const { handlers } = checked();
  const { server, client, hangUp } = pipe();
  serve(
    assistant,
    {
      ...handlers,
      'models.list': () => {
        throw new Error('boom');
      },
      'models.pull': () => Promise.reject(new AppError('not-found', '[models] no such model')),
    },
    server,
  );
  const caller = connect(assistant, client);
  await expect(caller.call('models.list', {})).rejects.toMatchObject({
    code: 'internal',
    message: '[rpc:models.list] boom',
  });
  await expect(caller.call('models.pull', { alias: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(caller.call('suggestions.get', { id: '7' })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('suggestions.get'),
  });
  hangUp();
  await expect(caller.call('state.get', {})).rejects.toMatchObject({ code: 'not-running' });
});

it('a transport that throws ends neither side', async () => {
  const { handlers } = checked();
  const listeners: ((message: unknown) => void)[] = [];
  const broken: Transport = {
    send: () => {
      throw new Error('EPIPE');
    },
    onMessage: (listener) => void listeners.push(listener),
    onClose: () => {},
  };
  const lost: unknown[] = [];
  const listen = (thrown: unknown) => lost.push(thrown);
  process.on('unhandledRejection', listen);
  serve(assistant, handlers, broken);
  listeners[0]!({ id: 1, channel: 'state.get', input: {} });
  await expect(connect(assistant, broken).call('state.get', {})).rejects.toBeInstanceOf(AppError);
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', listen);
  expect(lost).toEqual([]);
});

it('drops events of an unknown shape', () => {
  const { server, client } = pipe();
  const heard: unknown[] = [];
  const caller = connect(assistant, client);
  const stop = caller.on('observed', (rows) => heard.push(rows));
  for (const message of [
    { event: 'observed', payload: [{ nonsense: 1 }] },
    { event: '__proto__', payload: [] },
    { event: 'observed', payload: [] },
    'text',
  ]) {
    server.send(message);
  }
  stop();
  server.send({ event: 'observed', payload: [] });
  expect(heard).toEqual([[]]);
});

it('notices an event that did not arrive, but not one of which only the newest counts', () => {
  const { handlers } = checked();
  const { server, client } = pipe();
  let losing = false;
  const publish = serve(assistant, handlers, {
    ...server,
    send: (message) => void (losing || server.send(message)),
  });
  let missed = 0;
  const caller = connect(assistant, client, () => (missed += 1));
  const heard: unknown[] = [];
  caller.on('changed', (payload) => heard.push(payload));
  publish('changed', { from: 1 });
  publish('changed', { from: 2 });
  losing = true;
  publish('state', {} as never);
  losing = false;
  publish('changed', { from: 3 });
  expect(missed).toBe(0);
  losing = true;
  publish('changed', { from: 4 });
  losing = false;
  // Whatever comes next tells, even what is not counted itself; and it is told once.
  publish('state', {} as never);
  expect(missed).toBe(1);
  publish('changed', { from: 5 });
  expect(missed).toBe(1);
  expect(heard).toEqual([1, 2, 3, 5].map((from) => ({ from })));
});
