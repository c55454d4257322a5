import type { Field } from '../../model/guard.ts';
import { type Accessible, type AccessibleBus, FACE, REGISTRY } from './accessibilityBus.ts';

/** Roles by number (at-spi2-core, atspi-constants.h, AtspiRole). */
export const ROLE = {
  dialog: 16,
  frame: 23,
  passwordText: 40,
  terminal: 60,
  window: 69,
  application: 75,
  documentWeb: 95,
} as const;

/** Bits of the first word of a state set (atspi-constants.h, AtspiStateType). */
export const STATE = { active: 1, editable: 7, focused: 12, showing: 25 } as const;

/** Stands for the address of a page that does not tell it: no rule can be asked, so the Guard protects it. */
export const UNKNOWN_PAGE = 'unknown:';

/** No tree of controls is deeper than this. */
const DEEPEST = 64;
const MOST_CHILDREN = 64;
/** The relation to what labels a control (atspi-constants.h, AtspiRelationType), and how many of those are asked. */
const LABELLED_BY = 2;
const MOST_LABELS = 4;

/** Whether a bit is in a state set, as GetState gives it. */
export function has(states: number, bit: number): boolean {
  return ((states >>> bit) & 1) === 1;
}

/** Reads the tree of controls over the bus. Every function rejects when the application does not answer. */
export function createTree(bus: AccessibleBus) {
  const role = async (of: Accessible) => Number((await bus.call(of, FACE.accessible, 'GetRole'))[0]);
  const states = async (of: Accessible) => {
    const [words] = await bus.call(of, FACE.accessible, 'GetState');
    return Array.isArray(words) ? Number(words[0]) : 0;
  };
  const name = async (of: Accessible) => String((await bus.property(of, FACE.accessible, 'Name')) ?? '');
  const attributes = async (of: Accessible) => {
    const [found] = await bus.call(of, FACE.accessible, 'GetAttributes');
    return (found ?? {}) as Readonly<Record<string, string>>;
  };
  const children = async (of: Accessible): Promise<Accessible[]> => {
    const [found] = await bus.call(of, FACE.accessible, 'GetChildren');
    return (Array.isArray(found) ? found : []).map(reference).filter((each) => each !== null);
  };
  const parent = async (of: Accessible) => reference(await bus.property(of, FACE.accessible, 'Parent'));

  return {
    role,
    states,
    name,
    attributes,
    children,

    /** What stands on the labels of a control: GTK and Qt do not make it the control's own name. */
    async labels(control: Accessible): Promise<string> {
      const [found] = await bus.call(control, FACE.accessible, 'GetRelationSet');
      const relations = (Array.isArray(found) ? found : []) as readonly (readonly [
        number,
        readonly unknown[],
      ])[];
      const by = relations.find(([kind]) => kind === LABELLED_BY)?.[1] ?? [];
      const labels = by.map(reference).filter((each) => each !== null);
      return (await Promise.all(labels.slice(0, MOST_LABELS).map(name))).join(' ');
    },

    /** The application of a process, or null where it does not speak AT-SPI. */
    async application(pid: number): Promise<Accessible | null> {
      for (const each of await children(REGISTRY)) if ((await bus.pidOf(each.sender)) === pid) return each;
      return null;
    },

    /** The top-level windows of an application, at most 64. */
    async windows(application: Accessible): Promise<readonly Accessible[]> {
      return (await children(application)).slice(0, MOST_CHILDREN);
    },

    /** The window a control is in, and the address of the page it is in, if it is in one. */
    async placeOf(control: Accessible): Promise<{ window: Accessible | null; page?: string }> {
      let at = control;
      let page: string | undefined;
      for (let depth = 0; depth < DEEPEST; depth++) {
        if (page === undefined) page = await pageOf(at);
        const above = await parent(at);
        if (!above) return { window: null };
        if ((await role(above)) === ROLE.application) {
          return { window: at, ...(page !== undefined && { page }) };
        }
        at = above;
      }
      return { window: null };
    },

    /** The control in focus inside a window, looked for from the top among the first `most` controls. */
    async focusedIn(window: Accessible, most: number): Promise<Accessible | null> {
      const open = [window];
      for (let seen = 0; open.length > 0 && seen < most; seen++) {
        const at = open.pop()!;
        const now = await states(at);
        // A document has the focus as well as the field in it, so the deepest one counts.
        if (has(now, STATE.focused) && (await role(at)) !== ROLE.documentWeb) return at;
        if (at !== window && !has(now, STATE.showing)) continue;
        open.push(...(await children(at)).slice(0, MOST_CHILDREN).toReversed());
      }
      return null;
    },
  };

  async function pageOf(of: Accessible): Promise<string | undefined> {
    if ((await role(of)) !== ROLE.documentWeb) return undefined;
    const [found] = await bus.call(of, FACE.document, 'GetAttributes');
    const told = (found ?? {}) as Readonly<Record<string, string>>;
    // Chromium calls it URI, Firefox and WebKit DocURL. A document that does not tell is an unknown page.
    return told['DocURL'] ?? told['URI'] ?? UNKNOWN_PAGE;
  }
}
export type Tree = ReturnType<typeof createTree>;

function reference(value: unknown): Accessible | null {
  if (!Array.isArray(value)) return null;
  const [sender, path] = value as unknown[];
  if (typeof sender !== 'string' || typeof path !== 'string' || sender === '') return null;
  return path.endsWith('/null') ? null : { sender, path };
}

/** Labels of fields that hold a secret although they show it: "show password", one-time codes, cards. */
const secretLabel =
  /pass(?:word|wort|code|phrase|wd|ord)|kennwort|mot de passe|contrase[nñ]a|senha|palavra-passe|wachtwoord|l[oö]senord|adgangskode|salasana|has[lł]o|heslo|jelsz[oó]|parola|[sş]ifre|пароль|密码|密碼|口令|パスワード|비밀번호|كلمة المرور|סיסמה|mật khẩu|kata sandi|รหัสผ่าน|secret|token|(?:^|[^a-z])(?:pw|pwd|pin|otp|tan|cvv|cvc|ssn|iban)(?:$|[^a-z])|one[- _]?time|security code|card ?number|kartennummer|num[eé]ro de carte|cc-/i;

/** Attributes that label a field: Chromium gives the page's own, GTK and Qt few. */
const LABELS = ['id', 'class', 'placeholder', 'placeholder-text', 'autocomplete', 'text-input-type', 'name'];

/** What kind of field a control is, by its role, its states and what it is labelled with: its name and its labels. */
export function fieldOf(
  role: number,
  states: number,
  named: readonly string[],
  attributes: Readonly<Record<string, string>>,
): Field {
  if (role === ROLE.passwordText) return 'password';
  // A terminal inside an editor (xterm.js) looks like a text field.
  if (role === ROLE.terminal || /\bxterm\b/.test(attributes['class'] ?? '')) return 'terminal';
  const labels = [...named, ...LABELS.map((each) => attributes[each] ?? '')];
  if (labels.some((each) => secretLabel.test(each.slice(0, 200)))) return 'password';
  return has(states, STATE.editable) ? 'text' : 'other';
}
