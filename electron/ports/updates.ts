import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { UpdatesPort, UpdateState } from '../../src/model/program.ts';

/** The part of electron-updater that is used; its events carry more than is read here. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  allowPrerelease: boolean;
  logger: unknown;
  on(event: string, listener: (...values: never[]) => void): unknown;
  checkForUpdates(): Promise<unknown>;
  downloadUpdate(): Promise<unknown>;
  quitAndInstall(silent: boolean, again: boolean): void;
}

/** `app-update.yml`, as electron-builder writes it beside the program from the release's `publish`. */
const Feed = z.object({ provider: z.literal('generic'), url: z.url({ protocol: /^https$/ }) });
const Found = z.object({
  version: z.string().max(64),
  files: z.array(z.object({ size: z.number().int().min(0).optional() })).optional(),
});

/**
 * Newer versions by electron-updater against the feed that this release was built with; no page and no setting names
 * another. The library is loaded with the first question and never asks by itself: nothing is downloaded, installed or
 * gone back to without a call here.
 */
export function createUpdates(options: {
  readonly packaged: boolean;
  /** Folder of `app-update.yml`. */
  readonly resources: string;
  readonly now: () => number;
  readonly load: () => Promise<Updater>;
  readonly note: (line: string) => void;
  /** Closes what must be closed before the program is replaced. */
  readonly leave: () => Promise<void>;
}): UpdatesPort & { begin(): Promise<void> } {
  const listeners: ((state: UpdateState) => void)[] = [];
  let state: UpdateState = { state: 'unavailable', why: options.packaged ? 'no-feed' : 'checkout' };
  let updater: Promise<Updater> | null = null;
  let version = '';
  const become = (next: UpdateState) => {
    state = next;
    for (const listener of listeners) listener(next);
  };
  const failed = (thrown: unknown) => {
    const code = codeOf(thrown);
    options.note(`[updates] failed (${code})`);
    become({ state: 'failed', why: whyOf(code) });
  };
  const loaded = () => {
    updater ??= options.load().then((fresh) => {
      fresh.autoDownload = false;
      fresh.autoInstallOnAppQuit = false;
      fresh.allowPrerelease = false;
      fresh.allowDowngrade = false;
      fresh.logger = null;
      fresh.on('update-not-available', () => become({ state: 'newest', checkedAt: options.now() }));
      fresh.on('update-available', (info: unknown) => {
        const found = Found.safeParse(info);
        if (!found.success) return failed(null);
        version = found.data.version;
        become({ state: 'found', version, bytes: found.data.files?.[0]?.size ?? null });
      });
      fresh.on('download-progress', (beat: { readonly percent?: unknown }) => {
        const percent = typeof beat.percent === 'number' ? Math.min(100, Math.max(0, beat.percent)) : 0;
        become({ state: 'downloading', version, percent });
      });
      fresh.on('update-downloaded', () => become({ state: 'ready', version }));
      // Told by the promises too; without a listener Node would end the program.
      fresh.on('error', () => {});
      return fresh;
    });
    return updater;
  };
  const run = (job: (updater: Updater) => Promise<unknown>) => void loaded().then(job).catch(failed);

  return {
    state: () => state,
    onState: (listener) => void listeners.push(listener),
    async begin() {
      if (!options.packaged) return;
      try {
        const { parse } = await import('yaml');
        const text = await readFile(join(options.resources, 'app-update.yml'), 'utf8');
        if (Feed.safeParse(parse(text)).success) become({ state: 'newest', checkedAt: null });
      } catch {
        // A release without a feed is one, and says so.
      }
    },
    check() {
      if (state.state !== 'newest' && state.state !== 'failed') return;
      become({ state: 'checking' });
      run((each) => each.checkForUpdates());
    },
    download() {
      if (state.state !== 'found') return;
      become({ state: 'downloading', version, percent: 0 });
      run((each) => each.downloadUpdate());
    },
    install() {
      if (state.state !== 'ready') return;
      run(async (each) => {
        await options.leave();
        each.quitAndInstall(true, true);
      });
    },
  };
}

/** The library gives a network's error its own code and keeps the system's in the text. */
function codeOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : '';
  const network =
    /net::ERR_\w+|\bE(?:NOTFOUND|CONN[A-Z]+|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH)\b|HttpError: \d+/;
  const found = network.exec(text)?.[0];
  if (found) return found;
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code.slice(0, 60) : 'unknown';
}

function whyOf(code: string): Extract<UpdateState, { state: 'failed' }>['why'] {
  if (/CHECKSUM|sha512/i.test(code)) return 'damaged';
  if (/SIGNATURE/.test(code)) return 'unsigned';
  if (
    /^(net::ERR_|E(NOTFOUND|CONN\w+|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH)|HttpError|HTTP_ERROR_)/.test(
      code,
    )
  )
    return 'offline';
  return 'other';
}
