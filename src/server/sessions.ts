import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../model/ports.ts';

/** Milliseconds a token may wait for its page. */
const TOKEN_LIFE = 10 * 60_000;

/** Milliseconds a session lasts after its last request or the end of its last page, whichever came later. */
const SESSION_LIFE = 24 * 3_600_000;

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
  /** Keeps the session of a `Cookie` header open until the returned function is called: a page is there. */
  hold(cookie: string | undefined): () => void;
  /** Name of the cookie. Cookies do not know ports, so the name does. */
  readonly cookie: string;
}

/** Creates the sessions of a server on `port`; they end with the process, or a day after they were last used. */
export function createSessions(port: number, clock: Clock): Sessions {
  const cookie = `beforehand-${port}`;
  let tokens: { readonly hash: Buffer; readonly until: number }[] = [];
  let open: { readonly hash: Buffer; used: number; pages: number }[] = [];

  const find = (header: string | undefined) => {
    open = open.filter(({ pages, used }) => pages > 0 || clock.now() < used + SESSION_LIFE);
    const values = (header ?? '')
      .split(';')
      .map((pair) => pair.trim().split('='))
      .filter(([name]) => name === cookie);
    // Two of the name: another program of this machine set one of them, and which came first tells nothing.
    if (values.length !== 1) return undefined;
    const hash = digest(values[0]?.slice(1).join('=') ?? '');
    let found: (typeof open)[number] | undefined;
    // Every session is compared, so that the time tells nothing about which came close.
    for (const each of open) if (timingSafeEqual(each.hash, hash)) found = each;
    return found;
  };

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
      open = [...open, { hash: digest(session), used: clock.now(), pages: 0 }].slice(-MOST);
      return session;
    },
    knows(header) {
      const session = find(header);
      if (session) session.used = clock.now();
      return session !== undefined;
    },
    hold(header) {
      const session = find(header);
      if (!session) return () => {};
      session.pages += 1;
      return () => {
        session.pages -= 1;
        session.used = clock.now();
      };
    },
  };
}

function fresh(): string {
  return randomBytes(32).toString('base64url');
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
