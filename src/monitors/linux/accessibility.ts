import { asAppError } from '../../errors.ts';
import type { Field } from '../../model/guard.ts';
import type { Accessibility, FocusDetails, OpenAccessibility } from '../accessible.ts';
import type { Focus } from '../focus.ts';
import {
  type Accessible,
  type AccessibleBus,
  type AccessibleEvent,
  openAccessibleBus,
} from './accessibilityBus.ts';
import { createTree, fieldOf, has, STATE, type Tree, UNKNOWN_PAGE } from './accessibleTree.ts';
import { chromiumPrivacy, isChromium } from './chromiumPrivacy.ts';

/** Milliseconds before the first new try, and the most it doubles to. */
const AGAIN = { first: 1000, limit: 60_000 };
/** Windows whose privacy is remembered: it never changes while a window lives. */
const MOST_WINDOWS = 128;
/** Password lines that are remembered. */
const MOST_SECRET = 1000;

/** Controls looked at for the one in focus, where the application did not say: more where typed text is wanted. */
const SEARCH = { typed: 600, other: 100 };

/** What stays true of an X11 window. */
interface Known {
  readonly pid: number;
  private?: boolean;
  /** Chromium's, and its name may still tell whether it is private. */
  waits?: boolean;
  /** It has told addresses of pages. */
  pages?: boolean;
  /** The accessible window that it was found to be. */
  is?: string;
}

const MISSING = {
  state: 'healthy',
  reason:
    '[accessibility] no service tells fields and private windows, so typed text and titles of Chromium are not kept',
  mend: 'install at-spi2-core (apt-get install at-spi2-core) and log in again',
} as const;
const LOST = {
  state: 'unhealthy',
  reason: '[accessibility] the service that tells password fields and private windows has ended',
  mend: 'it is tried again by itself; applications that were open before tell again after they are started anew',
} as const;

/**
 * AT-SPI 2 over D-Bus, as screen readers use it. It knows the control in focus by events, matches it to the X11 window by
 * process and window, and says nothing about what it cannot match. `typed` answers whether an app's typed text is
 * wanted: a browser's tree is searched for the focus only there, since that makes it describe its pages.
 */
export function createAtspi(options: {
  readonly env: NodeJS.ProcessEnv;
  /** Tell the desktop that an assistive technology is there. */
  readonly enable: boolean;
  readonly typed: (app: string) => boolean;
  readonly again?: typeof AGAIN;
}): Accessibility {
  const again = options.again ?? AGAIN;
  return {
    open(listener): OpenAccessibility {
      let link: { readonly bus: AccessibleBus; readonly tree: Tree } | null = null;
      let over = false;
      let was = false;
      let delay = again.first;
      let timer: NodeJS.Timeout | undefined;
      /** The control that said last, by process, that it has the focus. */
      const focused = new Map<number, Accessible>();
      /** Controls that were password lines. */
      const secret = new Set<string>();
      /** By X11 window. */
      const windows = new Map<
        number,
        { readonly pid: number; private?: boolean; is?: string; waits?: boolean }
      >();

      const lost = () => {
        if (over) return;
        link = null;
        focused.clear();
        windows.clear();
        secret.clear();
        listener.noted(was ? LOST : MISSING);
        listener.moved(null);
        timer = setTimeout(() => void connect(), delay);
        delay = Math.min(delay * 2, again.limit);
      };

      const heard = async (bus: AccessibleBus, event: AccessibleEvent) => {
        const pid = await bus.pidOf(event.sender);
        if (over || link?.bus !== bus || pid === 0) return;
        if (event.kind === 'focused') {
          if (event.detail === 1) focused.set(pid, { sender: event.sender, path: event.path });
          else if (focused.get(pid)?.path === event.path) focused.delete(pid);
        }
        // Names change all the time; they matter where a window's own may still tell that it is private.
        if (event.kind === 'name' && ![...windows.values()].some((each) => each.pid === pid && each.waits))
          return;
        listener.moved(pid);
      };

      const connect = async () => {
        const early: AccessibleEvent[] = [];
        let mine: AccessibleBus | null = null;
        try {
          const bus = await openAccessibleBus(options.env, {
            enable: options.enable,
            onEvent(event) {
              if (mine) heard(mine, event).catch(() => {});
              else early.push(event);
            },
            onLost() {
              if (mine && link?.bus === mine) lost();
            },
          });
          if (over) {
            bus.close();
            return;
          }
          mine = bus;
          link = { bus, tree: createTree(bus) };
          was = true;
          delay = again.first;
          listener.noted(null);
          for (const event of early) heard(bus, event).catch(() => {});
          listener.moved(null);
        } catch {
          lost();
        }
      };

      void connect();
      return {
        ready: () => link !== null,
        async describe(focus) {
          if (!link || focus.pid === undefined) return {};
          const asked = link;
          const found = await describe(asked.tree, focus, focus.pid).catch((thrown: unknown) => {
            // An application that is gone or too slow knows nothing.
            asAppError(thrown, 'timeout', 'accessibility');
            return {};
          });
          return link === asked ? found : {};
        },
        async close() {
          over = true;
          clearTimeout(timer);
          link?.bus.close();
          link = null;
        },
      };

      async function describe(tree: Tree, focus: Focus, pid: number): Promise<FocusDetails> {
        const application = await tree.application(pid);
        if (!application) return {};
        const before = windows.get(focus.window);
        const known: Known = before?.pid === pid ? before : { pid };
        if (windows.size >= MOST_WINDOWS) windows.clear();
        windows.set(focus.window, known);
        if (known.private === undefined && focus.title !== undefined) {
          const told = await chromiumPrivacy(tree, application, focus.title);
          known.waits = told === 'unknown';
          if (told === 'private' || told === 'ordinary') known.private = told === 'private';
        }
        const place = await fieldAndPage(tree, focus, pid, application);
        if (place.page !== undefined) known.pages = true;
        // Between two pages nothing has the focus: the new page has told its title, but not yet its address.
        const between = known.pages === true && place.field === undefined;
        return {
          ...place,
          ...(between && { page: UNKNOWN_PAGE }),
          ...(known.private !== undefined && { private: known.private }),
        };
      }

      async function fieldAndPage(
        tree: Tree,
        focus: Focus,
        pid: number,
        application: Accessible,
      ): Promise<FocusDetails> {
        let control = focused.get(pid) ?? null;
        control ??= await search(tree, focus, application);
        if (!control) return {};
        const [role, states, name, label, attributes] = await Promise.all([
          tree.role(control),
          tree.states(control),
          tree.name(control),
          tree.labels(control).catch(() => ''),
          tree.attributes(control).catch(() => ({})),
        ]);
        if (!has(states, STATE.focused)) return {};
        const { window, page } = await tree.placeOf(control);
        if (!window || !(await isOf(tree, window, focus))) return {};
        // It may have lost the focus while its place was looked for.
        const still = focused.get(pid);
        if (still && still.path !== control.path) return {};
        return {
          field: kindOf(control, fieldOf(role, states, [name, label], attributes)),
          ...(page !== undefined && { page }),
        };
      }

      /** "Show password" makes a text field of a password line; what is typed into it is the same. */
      function kindOf(control: Accessible, field: Field): Field {
        const key = `${control.sender}${control.path}`;
        if (field === 'password') {
          const [oldest] = secret;
          if (oldest !== undefined && secret.size >= MOST_SECRET) secret.delete(oldest);
          secret.add(key);
        }
        return field === 'text' && secret.has(key) ? 'password' : field;
      }

      async function search(tree: Tree, focus: Focus, application: Accessible): Promise<Accessible | null> {
        const wanted = options.typed(focus.app ?? '');
        if (!wanted && (await isChromium(tree, application))) return null;
        for (const window of await tree.windows(application)) {
          if (!(await isOf(tree, window, focus))) continue;
          // Chromium describes its pages from the first question for attributes on.
          if (wanted) await tree.attributes(window).catch(() => ({}));
          return tree.focusedIn(window, wanted ? SEARCH.typed : SEARCH.other);
        }
        return null;
      }

      /** Whether an accessible window is the X11 window in focus: active, of its name, and of no other window. */
      async function isOf(tree: Tree, window: Accessible, focus: Focus): Promise<boolean> {
        const [states, name] = await Promise.all([tree.states(window), tree.name(window)]);
        if (!has(states, STATE.active)) return false;
        const title = focus.title ?? '';
        if (name !== '' && !name.startsWith(title) && !title.startsWith(name)) return false;
        const key = `${window.sender}${window.path}`;
        for (const [other, { is }] of windows) if (is === key && other !== focus.window) return false;
        const own = windows.get(focus.window);
        if (own) own.is ??= key;
        return own?.is === undefined || own.is === key;
      }
    },
  };
}
