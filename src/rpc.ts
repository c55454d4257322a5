import { z } from 'zod';
import { AppError, asAppError, type ErrorCode } from './errors.ts';

/** Channels with their schemas, and events with theirs. */
export interface Contract {
  readonly channels: Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
  /** Events of which only the newest counts: a transport may leave out earlier ones. */
  readonly latest?: readonly string[];
}

/** A two-way pipe of JSON values: WebSocket, IPC port, Unix socket. */
export interface Transport {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

type Input<C extends Contract, K extends keyof C['channels']> = z.input<C['channels'][K]['input']>;
type Parsed<C extends Contract, K extends keyof C['channels']> = z.output<C['channels'][K]['input']>;
type Output<C extends Contract, K extends keyof C['channels']> = z.output<C['channels'][K]['output']>;
type Payload<C extends Contract, E extends keyof C['events']> = z.output<C['events'][E]>;

/** One function for each channel, taking parsed input. */
export type Handlers<C extends Contract> = {
  readonly [K in keyof C['channels']]: (input: Parsed<C, K>) => Promise<Output<C, K>> | Output<C, K>;
};

/** The calling side of a contract. */
export interface Client<C extends Contract> {
  call<K extends keyof C['channels'] & string>(channel: K, input: Input<C, K>): Promise<Output<C, K>>;
  on<E extends keyof C['events'] & string>(event: E, listener: (payload: Payload<C, E>) => void): () => void;
}

/** Sends one event to the other side. */
export type Publish<C extends Contract> = <E extends keyof C['events'] & string>(
  event: E,
  payload: Payload<C, E>,
) => void;

const Request = z.object({
  id: z.number().int(),
  channel: z.string().max(64),
  input: z.unknown().optional(),
});

/** Whether a message has the shape of a call; what it calls and with what is judged by `serve`. */
export function isRequest(message: unknown): message is { readonly id: number } {
  return Request.safeParse(message).success;
}

const Reply = z.union([
  z.object({ id: z.number().int(), output: z.unknown() }),
  z.object({ id: z.number().int(), error: z.object({ code: z.string(), message: z.string() }) }),
  z.object({ event: z.string(), payload: z.unknown(), n: z.number().int().optional() }),
]);

/**
 * Answers one peer. Every message is parsed against the contract before a handler sees it; a message that is no
 * request at all is dropped, a bad input is answered with `bad-input`. Handlers may reject; the peer gets the code
 * and the sentence, never a stack. Events carry `n`, how many this peer was told, so that it notices one that did not
 * arrive; one of `latest` is not counted itself.
 */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  transport: Transport,
): Publish<C> {
  let open = true;
  transport.onClose(() => {
    open = false;
  });
  const reply = (message: unknown) => {
    if (open) transport.send(message);
  };
  transport.onMessage((message) => {
    const request = Request.safeParse(message);
    if (!request.success) return;
    // A peer that is gone hears no answer: a send that fails is no fault of ours.
    answer(contract, handlers, request.data)
      .then(reply)
      .catch(() => {});
  });
  let told = 0;
  return (event, payload) => {
    if (!contract.latest?.includes(event)) told += 1;
    reply({ event, payload, n: told });
  };
}

async function answer<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  request: z.infer<typeof Request>,
): Promise<unknown> {
  const { id, channel } = request;
  const fail = (code: ErrorCode, message: string) => ({ id, error: { code, message } });
  const shape = Object.hasOwn(contract.channels, channel) ? contract.channels[channel] : undefined;
  if (!shape) return fail('bad-input', `[rpc] there is no channel ${JSON.stringify(channel)}`);
  const input = shape.input.safeParse(request.input);
  if (!input.success) return fail('bad-input', `[rpc] ${channel}: ${z.prettifyError(input.error)}`);
  try {
    const handler = handlers[channel as keyof C['channels']] as (input: unknown) => unknown;
    return { id, output: (await handler(input.data)) ?? {} };
  } catch (thrown) {
    const error = asAppError(thrown, 'internal', `rpc:${channel}`);
    return fail(error.code, error.message);
  }
}

/**
 * Calls a peer. A closed transport rejects what is waiting with `not-running`; events of an unknown shape are dropped.
 * `onMissed` hears, after the event that shows it, that earlier ones did not arrive.
 */
export function connect<C extends Contract>(
  contract: C,
  transport: Transport,
  onMissed?: () => void,
): Client<C>;
export function connect<C extends Contract>(
  contract: Pick<C, 'events' | 'latest'>,
  transport: Transport,
  onMissed?: () => void,
): Client<C>;
export function connect<C extends Contract>(
  contract: Pick<C, 'events' | 'latest'>,
  transport: Transport,
  onMissed: () => void = () => {},
): Client<C> {
  let next = 1;
  let open = true;
  const waiting = new Map<number, { resolve: (output: never) => void; reject: (error: AppError) => void }>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  /** How many events the peer had told when it was heard last; the first one heard is where counting begins. */
  let heard: number | undefined;

  /** Whether events before this one are missing. */
  function missing(event: string, n: number | undefined): boolean {
    if (n === undefined) return false;
    const due = contract.latest?.includes(event) ? heard : (heard ?? n - 1) + 1;
    heard = n;
    return due !== undefined && due !== n;
  }

  transport.onMessage((message) => {
    const reply = Reply.safeParse(message);
    if (!reply.success) return;
    if ('event' in reply.data) {
      const shape = Object.hasOwn(contract.events, reply.data.event)
        ? contract.events[reply.data.event]
        : undefined;
      const payload = shape?.safeParse(reply.data.payload);
      if (payload?.success) {
        for (const listener of listeners.get(reply.data.event) ?? []) listener(payload.data as never);
      }
      if (missing(reply.data.event, reply.data.n)) onMissed();
      return;
    }
    const call = waiting.get(reply.data.id);
    waiting.delete(reply.data.id);
    if (!call) return;
    if ('error' in reply.data) {
      call.reject(new AppError(reply.data.error.code as ErrorCode, reply.data.error.message));
    } else call.resolve(reply.data.output as never);
  });

  transport.onClose(() => {
    open = false;
    for (const call of waiting.values()) {
      call.reject(new AppError('not-running', '[rpc] the assistant closed the connection'));
    }
    waiting.clear();
  });

  return {
    call(channel, input) {
      return new Promise((resolve, reject) => {
        if (!open) {
          reject(new AppError('not-running', '[rpc] the assistant is not running'));
          return;
        }
        const id = next++;
        waiting.set(id, { resolve: resolve as (output: never) => void, reject });
        try {
          transport.send({ id, channel, input });
        } catch (thrown) {
          waiting.delete(id);
          reject(asAppError(thrown, 'not-running', 'rpc'));
        }
      });
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener as (payload: never) => void);
      return () => set.delete(listener as (payload: never) => void);
    },
  };
}
