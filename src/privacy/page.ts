import type { Settings } from '../model/settings.ts';
import { words } from './exclusions.ts';

/** First or last parts of a path under which sites ask for passwords, codes and cards. */
const signIn = new Set(
  (
    'login log-in log_in logon signin sign-in sign_in sign-on signup sign-up sso saml saml2 oauth oauth2 authorize ' +
    'auth authenticate password passwords passwd reset-password forgot-password password-reset password_reset 2fa mfa ' +
    'otp two-factor two_factor webauthn passkeys credentials recovery-codes checkout payment payments billing wallet ' +
    'anmelden anmeldung connexion iniciar-sesion entrar accedi logowanie'
  ).split(' '),
);

/** Pages of the browsers themselves that show passwords, cards or settings. */
const inside =
  /^(?:about:(?:logins|preferences|protections)|[a-z-]{2,20}:\/\/(?:settings|password-manager)\b)/i;
const extension = /^[a-z-]{2,20}-extension:/i;

/** Answers why the page at an address is protected, or null. */
export type PageRules = (address: string, settings: Settings) => string | null;

/** `sites` are the shipped hosts by reason; a host stands for its subdomains too. */
export function createPageRules(sites: Readonly<Record<string, readonly string[]>>): PageRules {
  const reasons = new Map(
    Object.entries(sites).flatMap(([reason, hosts]) =>
      hosts.map((host) => [host.toLowerCase(), reason] as const),
    ),
  );

  return (address, settings) => {
    const text = address.trim().slice(0, 4096);
    if (text === '' || /^about:(?:blank|newtab|home)$/i.test(text)) return null;
    if (/^unknown:/i.test(text)) return 'unknown page';
    if (inside.test(text)) return 'sign-in or password page';
    // Extension pages are password managers' vaults as well as readers; their address does not tell which.
    if (extension.test(text)) return 'page of an extension';
    let url: URL;
    try {
      url = new URL(text.includes('://') ? text : `https://${text}`);
    } catch {
      return 'unknown page';
    }
    const host = url.hostname.toLowerCase().replace(/\.$/, '');
    const allowed = settings.allowed;
    for (const suffix of suffixes(host)) {
      if (settings.excludedSites.some((each) => hostOf(each) === suffix)) return 'site you excluded';
      const reason = reasons.get(suffix);
      if (reason && !allowed.includes(suffix)) return reason;
    }
    const parts = url.pathname.toLowerCase().split('/').filter(Boolean);
    const asks = [parts[0], parts.at(-1)?.replace(/\.[a-z]{2,5}$/, '')];
    return asks.some((part) => part !== undefined && signIn.has(part)) ? 'sign-in or password page' : null;
  };
}

/** `a.b.example.org` -> itself, `b.example.org`, `example.org`, `org`. */
function suffixes(host: string): string[] {
  const parts = host.split('.');
  return parts.map((_, at) => parts.slice(at).join('.'));
}

/** Second-level labels under which countries register names. */
const registered = /^(?:co|com|org|net|ac|gov|edu|or|ne|go)$/;

/**
 * Whether a page's title names a site that the person excluded, for browsers whose address nobody tells: its host in
 * full, or the name that it is registered under, also where the title writes that in words (`stackoverflow.com`,
 * "Stack Overflow"). Names of fewer than four letters are no use for that.
 */
export function namesExcludedSite(title: string, settings: Settings): boolean {
  if (settings.excludedSites.length === 0) return false;
  const low = title.normalize('NFKC').toLowerCase();
  const spaced = words(title);
  const joined = spaced.replaceAll(' ', '');
  return settings.excludedSites.some((site) => {
    const host = hostOf(site);
    if (host.length > 3 && low.includes(host)) return true;
    const parts = host.split('.');
    const whole = parts.length === 2 || (parts.length === 3 && registered.test(parts[1]!));
    const name = words(parts[0]!).trim();
    if (!whole || name.length < 4) return false;
    return spaced.includes(` ${name} `) || (name.length > 6 && joined.includes(name.replaceAll(' ', '')));
  });
}

/** What a person writes for a site: `https://www.example.org/x`, `*.example.org` or `example.org`. */
function hostOf(site: string): string {
  return site
    .trim()
    .toLowerCase()
    .replace(/^[a-z]{2,10}:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^\*?\./, '')
    .replace(/^www\./, '')
    .replace(/:\d+$/, '');
}
