import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../model/ports.ts';

/** Milliseconds a token may wait for its page. */
const TOKEN_LIFE = 10 * 60_000;

/** Unused tokens and open sessions there may be; the oldest goes first. */
const MOST = 16;

/** One-time tokens and the sessions they were exchanged for. Only hashes are kept. */
export interface Sessions {
  /** 32 random bytes, good once and for ten minutes. */
  token(): string;
  /** The value of a new session's cookie, or null for a token that is wrong, used or old. */
  exchange(token: string): string | null;
  /** Whether a `Cookie` header carries an open session. */
  knows(cookie: string | undefined): boolean;
  /** Name of the cookie. Cookies do not know ports, so the name does. */
  readonly cookie: string;
}

/** Creates the sessions of a server on `port`; they end with the process. */
export function createSessions(port: number, clock: Clock): Sessions {
  const cookie = `beforehand-${port}`;
  let tokens: { readonly hash: Buffer; readonly until: number }[] = [];
  let open: Buffer[] = [];

  return {
    cookie,
    token() {
      const token = fresh();
      tokens = [...tokens, { hash: digest(token), until: clock.now() + TOKEN_LIFE }].slice(-MOST);
      return token;
    },
    exchange(token) {
      const hash = digest(token);
      let good = false;
      // Every token is compared, so that the time tells nothing about which came close.
      tokens = tokens.filter((each) => {
        if (clock.now() >= each.until) return false;
        const same = timingSafeEqual(each.hash, hash);
        good ||= same;
        return !same;
      });
      if (!good) return null;
      const session = fresh();
      open = [...open, digest(session)].slice(-MOST);
      return session;
    },
    knows(header) {
      const values = (header ?? '')
        .split(';')
        .map((pair) => pair.trim().split('='))
        .filter(([name]) => name === cookie);
      if (values.length !== 1) return false;
      const hash = digest(values[0]?.slice(1).join('=') ?? '');
      return open.reduce((found, each) => timingSafeEqual(each, hash) || found, false);
    },
  };
}

function fresh(): string {
  return randomBytes(32).toString('base64url');
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
