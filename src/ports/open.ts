import { platform } from 'node:os';
import { isAbsolute } from 'node:path';
import { execa } from 'execa';
import { AppError } from '../errors.ts';
import type { OpenPort } from '../model/ports.ts';

const ENGINE = 'https://duckduckgo.com/?q=';

/** Characters; longer than any search a person types, shorter than any limit of an address. */
const LONGEST = 400;

/** Milliseconds in which an opener that cannot work has failed; a browser in the foreground is still running then. */
const SETTLED = 3000;

const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** The address of a search: `engine` and the encoded words. Refuses an empty query and an engine that is not https. */
export function searchAddress(query: string, engine: string = ENGINE): string {
  const words = query
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)
    .toWellFormed();
  if (!words) throw new AppError('bad-input', '[open] there is nothing to search for');
  const base = new URL(engine);
  const address = new URL(engine + encodeURIComponent(words));
  if (address.protocol !== 'https:' || address.host !== base.host || address.username) {
    throw new AppError('refused', '[open] only an https address of the search engine is opened');
  }
  return address.href;
}

/**
 * Opens a search in the user's browser, or a file with the desktop's program for it: xdg-open (which honours BROWSER), open,
 * or rundll32, started without a shell. Rejects with `missing-program` where none works. Neither query nor path enters an error.
 */
export function createOpenPort(
  options: {
    readonly engine?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly platform?: NodeJS.Platform;
  } = {},
): OpenPort {
  const [program, ...first] = OPENERS[options.platform ?? platform()] ?? ['xdg-open'];

  /** Whether the opener took it, as far as can be told: one in the foreground is still running then. */
  async function took(what: string): Promise<boolean> {
    const opener = execa(program, [...first, what], {
      stdio: 'ignore',
      detached: true,
      cleanup: false,
      reject: false,
      ...(options.env ? { env: options.env, extendEnv: false } : {}),
    });
    opener.nodeChildProcess.unref();
    let timer: NodeJS.Timeout | undefined;
    const failed = await Promise.race([
      opener.then((result) => result.failed),
      new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), SETTLED);
        timer.unref();
      }),
    ]);
    clearTimeout(timer);
    return !failed;
  }

  return {
    async search(query) {
      if (await took(searchAddress(query, options.engine))) return;
      throw new AppError(
        'missing-program',
        `[open] ${program} could not open the browser: install a browser and ${program}, or name one in BROWSER`,
      );
    },
    async open(path) {
      if (!isAbsolute(path)) throw new AppError('refused', '[open] only a file by its whole path is opened');
      if (await took(path)) return;
      throw new AppError(
        'missing-program',
        `[open] ${program} found no program for this kind of file: install one that opens it`,
      );
    },
  };
}
