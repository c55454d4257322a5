import { eventMask, type Fixes } from 'x11';
import { AppError } from '../../errors.ts';
import type { ClipboardAdapter, Copied } from '../clipboard.ts';
import { connectX } from './connection.ts';
import { createTextMeter } from './textMeter.ts';
import { createTransfers } from './transfer.ts';

/** Targets of plain text, best first (ICCCM 2.6.2; UTF8_STRING by freedesktop convention). */
const TEXT_TARGETS = ['UTF8_STRING', 'text/plain;charset=utf-8', 'text/plain', 'STRING', 'TEXT'];

/** XFIXES SetSelectionOwner: only new owners matter, not that one went away. */
const NEW_OWNER = 1;

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
      fixes.SelectSelectionInput(window, CLIPBOARD, NEW_OWNER);

      const names = new Map<number, string>();
      const nameOf = async (atom: number) => {
        const known = names.get(atom);
        if (known !== undefined) return known;
        const name = (await link.ask<string>((reply) => X.GetAtomName(atom, reply))) ?? '';
        names.set(atom, name);
        return name;
      };

      let newest = 0;
      let owner = 0;
      const one = async (turn: number, mine: number, time: number) => {
        // Replies come in the order of the server: if no newer owner was told by now, the answer was of this one.
        const superseded = () => turn !== newest;
        if (superseded() && owner === mine) return; // the same program, setting it twice for one copy
        const atoms = superseded() ? null : await transfers.list(TARGETS, time);
        const targets = atoms && !superseded() ? await Promise.all(atoms.map(nameOf)) : [];
        const convert = async (name: string, most: number, take: (bytes: Buffer) => void) => {
          const [target] = await link.atoms([name]);
          return !superseded() && (await transfers.read(target, time, most, take)) && !superseded();
        };
        const copied: Copied = {
          targets,
          async text(most) {
            const target = TEXT_TARGETS.find((each) => targets.includes(each));
            if (!target) return null;
            const meter = createTextMeter(most, target === 'STRING' ? 'latin1' : 'utf-8');
            return (await convert(target, Number.POSITIVE_INFINITY, meter.take)) ? meter.end() : null;
          },
          async bytes(name) {
            const [target] = await link.atoms([name]);
            return superseded() ? 0 : transfers.measure(target, time);
          },
        };
        await listener.copied(copied);
      };

      let queue: Promise<void> = Promise.resolve();
      let waiting = 0;
      link.onEvent((event) => {
        if (event.name !== 'SelectionNotify' || event.selectionTimestamp === undefined) return;
        if (event.selection !== CLIPBOARD || !event.owner) return;
        newest++;
        owner = event.owner;
        // A program gone wild may copy thousands of times: what waits behind a hundred is not looked at.
        if (waiting >= 100) return;
        waiting++;
        const [turn, mine, time] = [newest, event.owner, event.selectionTimestamp];
        queue = queue
          .then(() => one(turn, mine, time))
          // Rejects only with the connection, and then connectX has told the listener.
          .catch(() => {})
          .finally(() => waiting--);
      });
      // A round trip: once it is back, the server has the selection of events too.
      await link.ask<number>((reply) => X.GetSelectionOwner(CLIPBOARD, reply));
      return async () => {
        transfers.stop();
        await link.close();
        await queue;
      };
    },
  };
}
