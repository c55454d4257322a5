/** The part of the `x11` package that is used here; it ships no types. */
declare module 'x11' {
  export interface XEvent {
    readonly name?: string;
    readonly wid?: number;
    readonly atom?: number;
    readonly state?: number;
    readonly owner?: number;
    readonly selection?: number;
    readonly target?: number;
    readonly property?: number;
    readonly requestor?: number;
    readonly time?: number;
    /** Of a key: its code, and under this odd name the modifiers held (KeyButMask). */
    readonly keycode?: number;
    readonly buttons?: number;
    readonly timestamp?: number;
    /** Of the notification of XFIXES: 0 an owner was set, 1 its window was destroyed, 2 its client is gone. */
    readonly subtype?: number;
    /** Only on the notification of XFIXES: tells it from the core SelectionNotify of the same name. */
    readonly selectionTimestamp?: number;
    /** Which XKB event: 0 a new keyboard, 1 another map. */
    readonly xkbType?: number;
    readonly alarm?: number;
    readonly counterValue?: number;
    readonly alarmValue?: number;
  }
  export interface XProperty {
    readonly type: number;
    readonly format: number;
    readonly bytesAfter: number;
    readonly data: Buffer;
  }
  /** Returning true from an error callback says that the error is handled. */
  export type Reply<T> = (error: Error | null | undefined, value: T) => boolean | void;
  export interface Fixes {
    SelectSelectionInput(window: number, selection: number, mask: number): void;
  }
  export interface Sync {
    readonly ValueType: { readonly Absolute: number };
    readonly TestType: { readonly PositiveTransition: number; readonly NegativeTransition: number };
    ListSystemCounters(reply: Reply<readonly { readonly counter: number; readonly name: string }[]>): void;
    QueryCounter(counter: number, reply: Reply<number>): void;
    CreateAlarm(
      id: number,
      values: {
        readonly counter: number;
        readonly valueType: number;
        readonly value: number;
        readonly testType: number;
        readonly delta: number;
        readonly events: number;
      },
    ): void;
  }
  export interface Xkb {
    readonly majorOpcode: number;
    readonly UseCoreKbd: number;
    readonly EventType: { readonly NewKeyboardNotify: number; readonly MapNotify: number };
    UseExtension(major: number, minor: number, reply: Reply<{ readonly supported: number }>): void;
    SelectEvents(
      device: number,
      which: number,
      clear: number,
      selectAll: number,
      affectMap: number,
      map: number,
    ): void;
  }
  export interface Record {
    readonly CS: { readonly AllClients: number };
    readonly Category: { readonly FromServer: number; readonly FromClient: number };
    CreateContext(
      context: number,
      header: number,
      clients: readonly number[],
      ranges: readonly unknown[],
    ): void;
    EnableContext(
      context: number,
      onData: (reply: {
        readonly category: number;
        readonly clientSwapped: boolean;
        readonly data: Buffer;
      }) => void,
      reply: Reply<unknown>,
    ): void;
  }
  export interface XClient {
    readonly stream?: import('node:net').Socket;
    seq_num: number;
    /** Requests that the package does not know are put together here. */
    readonly pack_stream: { put(request: Buffer): void; submit(awaitsReply?: boolean): void };
    /** Caches of atoms, shared by all connections until they are replaced. */
    atoms: { readonly [name: string]: number };
    atom_names: { readonly [atom: number]: string };
    /** Waiting replies by sequence number; the fourth entry collects those of a multi-reply request. */
    readonly replies: { [sequence: number]: unknown[] | undefined };
    on(event: 'event', listener: (event: XEvent) => void): void;
    on(event: 'error', listener: (error: Error & { readonly error?: number }) => void): void;
    on(event: 'end', listener: () => void): void;
    AllocID(): number;
    InternAtom(onlyIfExists: boolean, name: string, reply: Reply<number>): void;
    GetAtomName(atom: number, reply: Reply<string>): void;
    GetProperty(
      del: number,
      window: number,
      property: number,
      type: number,
      offset: number,
      length: number,
      reply: Reply<XProperty>,
    ): void;
    DeleteProperty(window: number, property: number): void;
    ChangeProperty(
      mode: number,
      window: number,
      property: number,
      type: number,
      format: number,
      data: Buffer,
    ): void;
    ChangeWindowAttributes(
      window: number,
      values: { readonly eventMask: number },
      reply?: Reply<unknown>,
    ): void;
    CreateWindow(
      id: number,
      parent: number,
      x: number,
      y: number,
      width: number,
      height: number,
      border: number,
      depth: number,
      kind: number,
      visual: number,
      values: { readonly eventMask: number },
    ): void;
    DestroyWindow(window: number): void;
    ConvertSelection(
      requestor: number,
      selection: number,
      target: number,
      property: number,
      time: number,
    ): void;
    GetSelectionOwner(selection: number, reply: Reply<number>): void;
    SetSelectionOwner(window: number, selection: number, time: number): void;
    SendEvent(destination: number, propagate: number, mask: number, event: object): void;
    GetModifierMapping(reply: Reply<readonly (readonly number[])[]>): void;
    GrabKey(
      window: number,
      ownerEvents: 0 | 1,
      modifiers: number,
      keycode: number,
      pointerMode: number,
      keyboardMode: number,
      reply: (error: Error | null | undefined) => boolean,
    ): void;
    UngrabKey(window: number, keycode: number, modifiers: number): void;
    GetKeyboardMapping(first: number, count: number, reply: Reply<readonly (readonly number[])[]>): void;
    require(extension: 'fixes', reply: Reply<Fixes>): void;
    require(extension: 'sync', reply: Reply<Sync>): void;
    require(extension: 'record', reply: Reply<Record>): void;
    require(extension: 'xkb', reply: Reply<Xkb>): void;
  }
  export interface XDisplay {
    readonly client: XClient;
    readonly resource_mask: number;
    readonly screen: readonly { readonly root: number }[];
    readonly min_keycode: number;
    readonly max_keycode: number;
  }
  export const eventMask: {
    readonly PropertyChange: number;
    readonly StructureNotify: number;
  };
  const x11: {
    /** keysymdef.h, name by name; the description begins with the character in brackets where there is one. */
    readonly keySyms: Readonly<{
      [name: string]: { readonly code: number; readonly description: string | null };
    }>;
  };
  export default x11;
  export function createClient(
    options: {
      readonly display: string;
      readonly stream?: import('node:net').Socket;
      readonly auth?: undefined;
      readonly shm?: false;
      readonly disableBigRequests?: true;
    },
    done: (error: Error | undefined, display: XDisplay) => void,
  ): XClient;
}
