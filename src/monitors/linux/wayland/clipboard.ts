import type { ClipboardAdapter } from '../../clipboard.ts';
import type { Copied } from '../../copied.ts';
import { createChanges } from '../changes.ts';
import { createListMeter, createTextMeter } from '../textMeter.ts';
import { lacking } from './lacking.ts';
import { createPaste } from './paste.ts';
import { answers, connectWayland, type Wayland } from './wire.ts';
import { createXwayland } from './xwayland.ts';

/** Both data-control protocols have the same requests and events; the first is the one that was standardised. */
const MANAGERS = ['ext_data_control_manager_v1', 'zwlr_data_control_manager_v1'] as const;
const GET_DATA_DEVICE = 1;
const DESTROY_OFFER = 1;
const OFFER = 0;
/** Events of the device. */
const DATA_OFFER = 0;
const SELECTION = 1;
const FINISHED = 2;
const PRIMARY_SELECTION = 3;

/** Types of plain text, best first. */
const TEXT_TYPES = ['text/plain;charset=utf-8', 'UTF8_STRING', 'text/plain', 'STRING', 'TEXT'];
/** Types of one offer that are listened to; the rest would only be somebody's joke. */
const MOST_TYPES = 500;

/**
 * Clipboard under Wayland: the compositor tells each new selection with its types before anything of it is read, and
 * text alone is then fetched by `wl-paste`. It never owns a selection. The compositor does not say whether an emptied
 * clipboard was cleared or its program ended; it is taken for cleared, because unknown means protected.
 */
export function createWaylandClipboard(env: NodeJS.ProcessEnv): ClipboardAdapter {
  return {
    async open(listener) {
      const paste = createPaste(env);
      const xwayland = createXwayland(env);
      /** What the owner offers, XWayland's side included where it may be the owner; null where that is not known. */
      const offered = async (types: readonly string[]) => {
        const behind = await xwayland.targets();
        return behind && [...types, ...behind];
      };
      const display = await connectWayland('monitor:clipboard', env, listener.died);
      const changes = createChanges<readonly string[]>({
        listener,
        async copied(types, superseded): Promise<Copied> {
          const wanted = () => !superseded();
          const read = async (type: string, take: (bytes: Uint8Array) => void) => {
            if (!wanted() || !(await paste.read(type, take, wanted))) return false;
            // wl-paste asked on its own: what came before it ended is told by now, and then it may have read that.
            await display.sync();
            return wanted();
          };
          return {
            targets: await offered(types),
            async text(most) {
              const type = TEXT_TYPES.find((each) => types.includes(each));
              if (!type) return null;
              const meter = createTextMeter(most, 'utf-8');
              return (await read(type, meter.take)) ? meter.end() : null;
            },
            // A size cannot be had without the content.
            bytes: async () => null,
            async entries(type) {
              const meter = createListMeter();
              return (await read(type, meter.take)) ? meter.end() : null;
            },
          };
        },
        same: () => false,
        // The types came with the change: something is known of each.
        lost: () => false,
      });
      try {
        await watch(display, env, {
          selected: (types) => (types ? changes.copy(types) : changes.cleared()),
          finished: () => listener.died(lacking('clipboard', env, 'ended its telling of copies')),
        });
      } catch (thrown) {
        await display.close();
        throw thrown;
      }
      listener.proves?.(answers(display));
      return async () => {
        paste.stop();
        await Promise.all([xwayland.close(), changes.stop()]);
        await display.close();
      };
    },
  };
}

/** Tells each selection made from now on by its types; null for an emptied clipboard. */
async function watch(
  display: Wayland,
  env: NodeJS.ProcessEnv,
  told: { selected(types: readonly string[] | null): void; finished(): void },
): Promise<void> {
  const manager = MANAGERS.find((name) => display.offers(name) > 0);
  if (!manager || display.offers('wl_seat') === 0) {
    throw lacking('clipboard', env, 'tells no background program what is copied');
  }
  const offers = new Map<number, string[]>();
  const letGo = (id: number) => {
    if (!offers.delete(id)) return;
    display.off(id);
    display.send(id, DESTROY_OFFER);
  };
  const seat = display.bind('wl_seat', 1);
  const control = display.bind(manager, 1);
  const device = display.create();
  display.send(control, GET_DATA_DEVICE, device, seat);
  // What was copied before the start was not copied under our eyes; it is told once at the beginning.
  let begun = false;
  display.on(device, (opcode, args) => {
    const id = args.uint();
    if (opcode === DATA_OFFER) {
      const types: string[] = [];
      offers.set(id, types);
      display.on(id, (event, offered) => {
        if (event === OFFER && types.length < MOST_TYPES) types.push(offered.string().slice(0, 256));
      });
    } else if (opcode === SELECTION) {
      const types = offers.get(id) ?? null;
      for (const each of offers.keys()) letGo(each);
      if (begun || types === null) told.selected(types);
    } else if (opcode === PRIMARY_SELECTION) letGo(id);
    else if (opcode === FINISHED) told.finished();
  });
  await display.sync();
  begun = true;
}
