import { EventEmitter } from 'node:events';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { Rectangle } from 'electron';
import type { Api } from '../../electron/api.ts';

/** What a test does with a fake web contents. */
export interface FakeContents extends EventEmitter {
  readonly ipc: EventEmitter;
  readonly sent: unknown[];
  readonly mainFrame: { url: string };
  windowOpen: () => { readonly action: string };
}

/** Electron's main process without Electron: utility processes are worker threads, everything else is written down. */
export function createFake(options: { readonly lock?: boolean; readonly appPath?: string } = {}) {
  const log: string[] = [];
  const shortcuts = new Map<string, () => void>();
  const permissions: Record<string, (...args: unknown[]) => unknown> = {};
  const windows: {
    options: Record<string, unknown>;
    webContents: FakeContents;
    emit: EventEmitter['emit'];
    /** What was done to it, in order, and how it stands now. */
    did: string[];
    visible: boolean;
    gone: boolean;
    bounds: Rectangle | null;
  }[] = [];
  const displays = [
    { id: 1, workArea: { x: 0, y: 24, width: 1280, height: 776 } },
    { id: 2, workArea: { x: 1280, y: 0, width: 1920, height: 1080 } },
  ];
  const pointer = { x: 10, y: 10 };
  const screen = Object.assign(new EventEmitter(), {
    getAllDisplays: () => displays,
    getCursorScreenPoint: () => pointer,
    getDisplayNearestPoint: ({ x }: { x: number }) =>
      displays.find(({ workArea }) => x >= workArea.x && x < workArea.x + workArea.width) ?? displays[0],
  });
  const held = new Set<string>();
  const copied: unknown[] = [];
  const notes: EventEmitter[] = [];
  const trays: {
    image: unknown;
    tip: string;
    menu: { label?: string; click?: () => void; submenu?: [] }[];
  }[] = [];
  const workers: Worker[] = [];
  let pageHandler: ((request: Request) => Promise<Response>) | null = null;

  const app = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => options.lock ?? true,
    enableSandbox: () => void log.push('sandbox'),
    whenReady: async () => {},
    isReady: () => true,
    isPackaged: false,
    setAsDefaultProtocolClient: (scheme: string) => log.push(`scheme client ${scheme}`),
    getVersion: () => '0.1.0',
    getAppPath: () => options.appPath ?? process.cwd(),
    quit: () => {
      log.push('quit');
      app.emit('before-quit', {});
      app.emit('will-quit', { preventDefault: () => {} });
    },
    exit: () => void log.push('exit'),
  });
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: never) => (permissions['request'] = handler),
    setPermissionCheckHandler: (handler: never) => (permissions['check'] = handler),
    setDevicePermissionHandler: (handler: never) => (permissions['device'] = handler),
    setDisplayMediaRequestHandler: (handler: never) => (permissions['display'] = handler),
    webRequest: { onBeforeRequest: (handler: never) => (permissions['fetch'] = handler) },
  });

  class BrowserWindow extends EventEmitter {
    readonly webContents: FakeContents;
    readonly options: Record<string, unknown>;
    constructor(options: Record<string, unknown>) {
      super();
      this.options = options;
      this.focusable = options['focusable'] !== false;
      const sent: unknown[] = [];
      this.webContents = Object.assign(new EventEmitter(), {
        ipc: new EventEmitter(),
        sent,
        mainFrame: { url: 'app://beforehand/' },
        reload: () => void log.push('reload'),
        forcefullyCrashRenderer: () => void log.push('crash renderer'),
        send: (channel: string, message: unknown) => sent.push([channel, message]),
        isDestroyed: () => false,
        windowOpen: () => ({ action: 'allow' }),
        setWindowOpenHandler(this: FakeContents, handler: FakeContents['windowOpen']) {
          this.windowOpen = handler;
        },
      });
      windows.push(this as never);
      app.emit('web-contents-created', {}, this.webContents);
    }
    did: string[] = [];
    visible = false;
    gone = false;
    focusable = true;
    bounds: Rectangle | null = null;
    private note(what: string) {
      this.did.push(what);
    }
    loadURL = async (url: string) => {
      log.push(`load ${url}`);
      this.note(`load ${url}`);
      this.webContents.mainFrame.url = url;
    };
    isDestroyed = () => this.gone;
    isVisible = () => this.visible;
    isFocusable = () => this.focusable;
    destroy = () => void (this.gone = true);
    setBounds = (bounds: Rectangle) => void (this.bounds = bounds);
    setFocusable = (on: boolean) => {
      this.focusable = on;
      this.note(`focusable ${on}`);
    };
    setVisibleOnAllWorkspaces = (on: boolean, how: { visibleOnFullScreen: boolean }) =>
      this.note(`workspaces ${on} ${how.visibleOnFullScreen}`);
    setAlwaysOnTop = (on: boolean, level: string) => this.note(`top ${on} ${level}`);
    showInactive = () => {
      this.visible = true;
      this.note('showInactive');
    };
    blur = () => this.note('blur');
    isMinimized = () => true;
    restore = () => void log.push('restore');
    show = () => {
      this.visible = true;
      log.push('show');
      this.note('show');
    };
    hide = () => {
      this.visible = false;
      log.push('hide');
      this.note('hide');
    };
    focus = () => {
      log.push('focus');
      this.note('focus');
    };
  }
  class Notification extends EventEmitter {
    static isSupported = () => true;
    readonly options: unknown;
    constructor(options: unknown) {
      super();
      this.options = options;
      notes.push(this);
    }
    show = () => {};
    close = () => void this.emit('close');
  }
  class Tray extends EventEmitter {
    readonly state = { image: null as unknown, tip: '', menu: [] as never[] };
    constructor(image: unknown) {
      super();
      this.state.image = image;
      trays.push(this.state);
    }
    setImage = (image: unknown) => (this.state.image = image);
    setToolTip = (tip: string) => (this.state.tip = tip);
    setContextMenu = (menu: never[]) => (this.state.menu = menu);
  }
  class MessageChannelMain {
    readonly port1: { real: MessagePort };
    readonly port2: { real: MessagePort };
    constructor() {
      const { port1, port2 } = new MessageChannel();
      this.port1 = { real: port1 };
      this.port2 = { real: port2 };
    }
  }
  const utilityProcess = {
    fork(entry: string, args: string[], forked: { env: NodeJS.ProcessEnv; serviceName: string }) {
      const worker = new Worker(new URL('./utility.mjs', import.meta.url), {
        workerData: entry,
        argv: args,
        env: forked.env,
        stdout: true,
        stderr: process.env['SHOW'] === undefined,
      });
      workers.push(worker);
      log.push(`fork ${forked.serviceName}`);
      const child = Object.assign(new EventEmitter(), {
        pid: 1000 + workers.length,
        kill: () => void worker.terminate(),
        postMessage(message: unknown, ports: { real: MessagePort }[] = []) {
          const real = ports.map((each) => each.real);
          worker.postMessage({ message, ports: real }, real);
        },
      });
      worker.on('online', () => child.emit('spawn'));
      worker.on('message', (data: { message: unknown }) => child.emit('message', data.message));
      worker.on('error', () => {});
      worker.on('exit', (code) => child.emit('exit', code));
      return child;
    },
  };

  const api = {
    app,
    BrowserWindow,
    clipboard: {
      read: async () => [{ types: ['text/plain', 'text/html'] }],
      readText: async () => 'copied',
      write: async (items: unknown[]) => void copied.push(...items),
    },
    ClipboardItem: class {
      readonly items: unknown;
      constructor(items: unknown) {
        this.items = items;
      }
    },
    dialog: { showErrorBox: (title: string, text: string) => void log.push(`error ${title}: ${text}`) },
    globalShortcut: {
      register: (keys: string, job: () => void) => {
        if (held.has(keys)) return false;
        shortcuts.set(keys, job);
        return true;
      },
      unregisterAll: () => shortcuts.clear(),
    },
    Menu: { buildFromTemplate: (menu: unknown) => menu },
    MessageChannelMain,
    nativeImage: {
      createFromBuffer: (png: Buffer) => ({ png, addRepresentation: () => {} }),
    },
    Notification,
    powerMonitor: {
      getSystemIdleTime: () => 42,
      getSystemIdleState: () => 'locked',
      isOnBatteryPower: () => true,
    },
    screen,
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown) => void log.push(`scheme ${JSON.stringify(schemes)}`),
      handle: (scheme: string, handler: never) => {
        log.push(`handle ${scheme}`);
        pageHandler = handler;
      },
    },
    session: { defaultSession: session },
    Tray,
    utilityProcess,
  };
  return {
    api: api as unknown as Api,
    app,
    log,
    session,
    shortcuts,
    /** Keys that another program holds. */
    held,
    copied,
    screen,
    displays,
    pointer,
    permissions,
    windows,
    notes,
    trays,
    page: (url: string) => pageHandler?.(new Request(url)),
    workers,
    stop: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
