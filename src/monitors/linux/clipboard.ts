import { eventMask, type Fixes, type XEvent } from 'x11';
import { AppError } from '../../errors.ts';
import type { ClipboardAdapter } from '../clipboard.ts';
import type { Copied } from '../copied.ts';
import { createChanges } from './changes.ts';
import { connectX } from './connection.ts';
import { createListMeter, createTextMeter } from './textMeter.ts';
import { createTransfers } from './transfer.ts';

/** Targets of plain text, best first (ICCCM 2.6.2; UTF8_STRING by freedesktop convention). */
const TEXT_TARGETS = ['UTF8_STRING', 'text/plain;charset=utf-8', 'text/plain', 'STRING', 'TEXT'];

/** XFIXES SelectionEventMask: a new owner, its window destroyed, its connection closed. */
const ALL_CHANGES = 1 | 2 | 4;
/** XFIXES SelectionEvent: somebody set the owner, which may be nobody. */
const SET_OWNER = 0;

/** Nearly as long as a transfer waits for an owner, in milliseconds. */
const SILENCE_MS = 1_900;

const DEAF = 'the display does not announce copies any more';
const MUTE = {
  ok: false,
  restart: false,
  reason: 'the program that was copied from does not answer, so nobody knows what was copied',
  mend: 'end or continue that program, or copy something else',
} as const;

/** A new owner: its window, and the server's time of the copy. */
interface Copy {
  readonly owner: number;
  readonly time: number;
}

/**
 * Clipboard of an X11 desktop: XFIXES tells each change of the owner of CLIPBOARD, then the list of targets is read,
 * and content only when asked for. It never owns a selection.
 */
export function createX11Clipboard(env: NodeJS.ProcessEnv): ClipboardAdapter {
  return {
    async open(listener) {
      const link = await connectX('monitor:clipboard', env, listener.died);
      const { X, root } = link;
      const fixes = await link.ask<Fixes>((reply) => X.require('fixes', reply));
      if (!fixes) {
        await link.close();
        throw new AppError(
          'missing-program',
          '[monitor:clipboard] this X server has no XFIXES extension, so copies cannot be seen; use an X.Org server',
        );
      }
      const [CLIPBOARD, TARGETS, PROBE] = await link.atoms(['CLIPBOARD', 'TARGETS', 'BEFOREHAND_PROBE']);
      const transfers = await createTransfers(link, CLIPBOARD);
      const window = X.AllocID();
      // 1×1, input-only, never mapped: it only receives events.
      X.CreateWindow(window, root, -1, -1, 1, 1, 0, 0, 2, 0, { eventMask: eventMask.PropertyChange });
      fixes.SelectSelectionInput(window, CLIPBOARD, ALL_CHANGES);
      fixes.SelectSelectionInput(window, PROBE, ALL_CHANGES);
      let heard = 0;
      let owner = 0;
      /** A copy whose owner did not say what it is. */
      let mute: Copy | null = null;

      const names = new Map<number, string>();
      const nameOf = async (atom: number) => {
        const known = names.get(atom);
        if (known !== undefined) return known;
        const name = (await link.ask<string>((reply) => X.GetAtomName(atom, reply))) ?? '';
        names.set(atom, name);
        return name;
      };

      /** What the owner offers. Refusing is an answer; silence until the end of the wait is none, and is noted. */
      const list = async (copy: Copy) => {
        const began = performance.now();
        const atoms = await transfers.list(TARGETS, copy.time);
        mute = !atoms && performance.now() - began >= SILENCE_MS ? copy : null;
        return atoms;
      };

      const copiedOf = async (copy: Copy, superseded: () => boolean): Promise<Copied> => {
        const { time } = copy;
        const atoms = superseded() ? null : await list(copy);
        if (superseded()) mute = null;
        const targets = atoms && !superseded() ? await Promise.all(atoms.map(nameOf)) : null;
        const wanted = () => !superseded();
        const convert = async (name: string, take: (bytes: Buffer) => void) => {
          const [target] = await link.atoms([name]);
          // Replies come in the order of the server: if no newer owner was told by now, the answer was of this one.
          return wanted() && (await transfers.read(target, time, take, wanted)) && wanted();
        };
        return {
          targets,
          async text(most) {
            const target = TEXT_TARGETS.find((each) => targets?.includes(each));
            if (!target) return null;
            const meter = createTextMeter(most, target === 'STRING' ? 'latin1' : 'utf-8');
            return (await convert(target, meter.take)) ? meter.end() : null;
          },
          async bytes(name) {
            const [target] = await link.atoms([name]);
            return superseded() ? null : transfers.measure(target, time);
          },
          async entries(name) {
            const meter = createListMeter();
            return (await convert(name, meter.take)) ? meter.end() : null;
          },
        };
      };

      const changes = createChanges<Copy>({
        listener,
        copied: copiedOf,
        // The same program at the same time: it set it twice for one copy.
        same: (one, other) => one.owner === other.owner && one.time === other.time,
        lost: (one, next) => one.owner === next.owner,
      });
      link.onEvent((event: XEvent) => {
        if (event.name !== 'SelectionNotify' || event.selectionTimestamp === undefined) return;
        if (event.selection === PROBE) heard++;
        if (event.selection !== CLIPBOARD) return;
        owner = event.subtype === SET_OWNER ? (event.owner ?? 0) : 0;
        mute = null;
        if (event.subtype !== SET_OWNER) changes.left();
        else if (!event.owner) changes.cleared();
        else changes.copy({ owner: event.owner, time: event.selectionTimestamp });
      });
      const ownerNow = async () =>
        (await link.ask<number>((reply) => X.GetSelectionOwner(CLIPBOARD, reply))) ?? 0;
      // A round trip: once it is back, the server has the selection of events too.
      owner = await ownerNow();
      // It was emptied while nobody watched, or its program ended.
      if (owner === 0) changes.cleared();
      listener.proves?.({
        proof:
          'a selection of its own is announced to it, and the owner of the clipboard is the one it was told',
        async run() {
          const before = heard;
          // A name that nobody else uses: the person's clipboard is never owned. Its announcement comes before the reply.
          X.SetSelectionOwner(window, PROBE, 0);
          const now = await ownerNow();
          if (heard === before || now !== owner) return { ok: false, restart: true, reason: DEAF };
          const silent = mute;
          if (silent) await list(silent);
          // Another copy came meanwhile: that one was asked by itself.
          return mute && mute === silent ? MUTE : { ok: true };
        },
      });
      return async () => {
        transfers.stop();
        await link.close();
        await changes.stop();
      };
    },
  };
}
