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
      const [CLIPBOARD, TARGETS] = await link.atoms(['CLIPBOARD', 'TARGETS']);
      const transfers = await createTransfers(link, CLIPBOARD);
      const window = X.AllocID();
      // 1×1, input-only, never mapped: it only receives events.
      X.CreateWindow(window, root, -1, -1, 1, 1, 0, 0, 2, 0, { eventMask: eventMask.PropertyChange });
      fixes.SelectSelectionInput(window, CLIPBOARD, ALL_CHANGES);

      const names = new Map<number, string>();
      const nameOf = async (atom: number) => {
        const known = names.get(atom);
        if (known !== undefined) return known;
        const name = (await link.ask<string>((reply) => X.GetAtomName(atom, reply))) ?? '';
        names.set(atom, name);
        return name;
      };

      const copiedOf = async ({ time }: Copy, superseded: () => boolean): Promise<Copied> => {
        const atoms = superseded() ? null : await transfers.list(TARGETS, time);
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
        if (event.selection !== CLIPBOARD) return;
        if (event.subtype !== SET_OWNER) changes.left();
        else if (!event.owner) changes.cleared();
        else changes.copy({ owner: event.owner, time: event.selectionTimestamp });
      });
      // A round trip: once it is back, the server has the selection of events too.
      await link.ask<number>((reply) => X.GetSelectionOwner(CLIPBOARD, reply));
      return async () => {
        transfers.stop();
        await link.close();
        await changes.stop();
      };
    },
  };
}
