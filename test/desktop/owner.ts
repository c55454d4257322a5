import { createClient, eventMask, type XClient, type XEvent } from 'x11';
import type { Display } from './display.ts';

/** How an owner answers for a target: at once, in pieces (ICCCM 2.7.2), with pieces until it dies, or never. */
export type Answer =
  | { readonly how: 'whole'; readonly bytes: Uint8Array }
  | { readonly how: 'pieces' | 'dies'; readonly bytes: Uint8Array; readonly piece: number }
  | { readonly how: 'refuses' | 'silent' };

/** A program of the test's own that owns CLIPBOARD and keeps the names of all that it was asked for. */
export interface Owner {
  copy(): void;
  /** Sets the owner to nobody, as a program does that takes its content back. */
  clear(): void;
  /** Names of the targets that were asked for, each once. */
  requested(): readonly (string | undefined)[];
  close(): void;
}

/** Owns CLIPBOARD with these targets beside TARGETS, which is always answered unless it says otherwise. */
export async function ownSelection(
  display: Display,
  offered: Readonly<Record<string, Answer>>,
): Promise<Owner> {
  const { client, root } = await new Promise<{ client: XClient; root: number }>((resolve, reject) =>
    createClient({ display: display.env['DISPLAY']!, shm: false, disableBigRequests: true }, (error, to) =>
      error ? reject(error) : resolve({ client: to.client, root: to.screen[0]!.root }),
    ),
  );
  client.on('error', () => {});
  const window = client.AllocID();
  client.CreateWindow(window, root, 0, 0, 1, 1, 0, 0, 0, 0, { eventMask: 0 });
  const atom = (name: string) =>
    new Promise<number>((resolve) => client.InternAtom(false, name, (_, value) => resolve(value)));
  const names = ['TARGETS', ...Object.keys(offered).filter((name) => name !== 'TARGETS')];
  const [clipboard, list, incr] = await Promise.all(['CLIPBOARD', 'ATOM', 'INCR'].map(atom));
  const atoms = await Promise.all(names.map(atom));
  const words = (values: readonly number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
    return bytes;
  };
  const asked: number[] = [];
  /** Transfers in pieces under way, by the requestor's window. */
  const sending = new Map<number, { property: number; target: number; rest: Uint8Array; answer: Answer }>();

  client.on('event', (event: XEvent) => {
    if (event.name === 'PropertyNotify' && event.state === 1) {
      const under = sending.get(event.wid!);
      if (!under || under.property !== event.atom || !('piece' in under.answer)) return;
      const { answer, rest } = under;
      if (answer.how === 'dies' && rest.length < answer.bytes.length / 2) {
        client.stream?.destroy();
        return;
      }
      const piece = rest.subarray(0, answer.piece);
      client.ChangeProperty(0, event.wid!, under.property, under.target, 8, Buffer.from(piece));
      if (piece.length === 0) sending.delete(event.wid!);
      else sending.set(event.wid!, { ...under, rest: rest.subarray(piece.length) });
      return;
    }
    if (event.name !== 'SelectionRequest') return;
    asked.push(event.target!);
    const { requestor, selection, target, time } = event;
    const name = names[atoms.indexOf(target!)];
    const fallback: Answer = name === 'TARGETS' ? { how: 'whole', bytes: words(atoms) } : { how: 'refuses' };
    const answer: Answer = offered[name ?? ''] ?? fallback;
    if (answer.how === 'silent') return;
    let property = event.property!;
    if (!('bytes' in answer)) property = 0;
    else if (!('piece' in answer)) {
      const [type, format] = name === 'TARGETS' ? [list!, 32] : [target!, 8];
      client.ChangeProperty(0, requestor!, property, type, format, Buffer.from(answer.bytes));
    } else {
      client.ChangeWindowAttributes(requestor!, { eventMask: eventMask.PropertyChange });
      client.ChangeProperty(0, requestor!, property, incr!, 32, words([answer.bytes.length]));
      sending.set(requestor!, { property, target: target!, rest: answer.bytes, answer });
    }
    client.SendEvent(requestor!, 0, 0, {
      name: 'SelectionNotify',
      seq: 0,
      time,
      requestor,
      selection,
      target,
      property,
    });
  });
  return {
    copy: () => client.SetSelectionOwner(window, clipboard!, 0),
    clear: () => client.SetSelectionOwner(0, clipboard!, 0),
    requested: () => [...new Set(asked.map((each) => names[atoms.indexOf(each)]))],
    close: () => client.stream?.destroy(),
  };
}
