import { homedir, platform, tmpdir, userInfo } from 'node:os';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** Every folder and file the program uses. Absolute. */
export interface Paths {
  /** Holds all that is kept; 0700. */
  readonly data: string;
  readonly log: string;
  readonly keyFile: string;
  readonly settings: string;
  readonly models: string;
  readonly diagnostics: string;
  /** Log files of the program itself: what went wrong, never what was seen. */
  readonly logs: string;
  /** Unix socket (0600), or named pipe on Windows, on which a running core answers. */
  readonly socket: string;
  /** What renames did, until they can be taken back no more: the only place that keeps paths. */
  readonly renames: string;
  /** A folder in which the program touches a file of its own to see whether changes are told; beside the socket. */
  readonly probe: string;
  /** Shipped files: assets/ of the checkout, or of the packaged app. */
  readonly assets: string;
  /** The built page. */
  readonly page: string;
}

/**
 * Where everything lives. BEFOREHAND_HOME overrides the data folder and BEFOREHAND_MODELS the models folder; otherwise it follows the platform
 * (XDG base directories, Application Support, AppData). The demo profile never shares a folder with the real one.
 */
export function createPaths(
  options: { readonly env?: NodeJS.ProcessEnv; readonly profile?: 'demo' } = {},
): Paths {
  const env = options.env ?? process.env;
  const base = env['BEFOREHAND_HOME'] ?? join(dataHome(env), 'beforehand');
  const data = options.profile === 'demo' ? join(base, 'demo') : base;
  const root = env['BEFOREHAND_ROOT'] ?? fileURLToPath(new URL('..', import.meta.url));
  return {
    data,
    log: join(data, 'log.db'),
    keyFile: join(data, 'log.key'),
    settings: join(data, 'settings.json'),
    models: env['BEFOREHAND_MODELS'] ?? join(base, 'models'),
    diagnostics: join(data, 'diagnostics'),
    logs: join(data, 'logs'),
    socket: socketPath(data, env),
    renames: join(data, 'renames'),
    probe: probePath(data, env),
    assets: join(root, 'src', 'assets'),
    page: join(root, 'out', 'renderer'),
  };
}

function dataHome(env: NodeJS.ProcessEnv): string {
  if (platform() === 'win32') return env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming');
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share');
}

/** The run-time folder is memory on nearly every system; the temporary one is the next best. */
function probePath(data: string, env: NodeJS.ProcessEnv): string {
  const name = `beforehand-probe-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`;
  return join(
    env['XDG_RUNTIME_DIR'] ?? tmpdir(),
    platform() === 'win32' ? name : `${name}-${userInfo().uid}`,
  );
}

/** Unix socket paths hold about 100 bytes, so the data folder enters by its hash. */
function socketPath(data: string, env: NodeJS.ProcessEnv): string {
  const name = `beforehand-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`;
  if (platform() === 'win32') return `\\\\.\\pipe\\${name}-${userInfo().username}`;
  const runtime = env['XDG_RUNTIME_DIR'];
  return runtime ? join(runtime, `${name}.sock`) : join(tmpdir(), `${name}-${userInfo().uid}`, 'core.sock');
}
