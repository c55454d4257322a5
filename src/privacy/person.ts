import { type Finding, scan } from './finding.ts';

/** Who uses this machine, as far as paths and prompts would tell. */
export interface Person {
  /** Home folder, absolute. */
  readonly home?: string;
  /** Login name. */
  readonly user?: string;
}

const nobody = new Set([
  'root',
  'user',
  'admin',
  'administrator',
  'guest',
  'ubuntu',
  'pi',
  'home',
  'public',
  'shared',
]);
const homes = /(?:\/home\/|\/Users\/|[A-Za-z]:[\\/]Users[\\/])[^\s/\\:*?"'<>|()[\],;]{1,64}/g;
const sharedHomes = /(?:\/Users\/Shared|[\\/]Users[\\/]Public|\/home\/linuxbrew)$/i;

/** Home folders as `~`, whoever's they are: the name in them is a person's. */
export function shortenHomes(text: string, person: Person): string {
  if (!text.includes('/') && !text.includes('\\')) return text;
  const own = person.home && person.home.length > 3 ? person.home.replace(/[/\\]+$/, '') : undefined;
  const without = own ? replaceFolder(text, own) : text;
  return without.replace(homes, (match) => (sharedHomes.test(match) ? match : '~'));
}

function replaceFolder(text: string, folder: string): string {
  return text
    .split(folder)
    .reduce((left, right) => (/^[\w.-]/.test(right) ? `${left}${folder}${right}` : `${left}~${right}`));
}

/** The login name as a folder, or before the `@` of a prompt. Names that everybody has are left. */
export function findUser(text: string, person: Person): Finding[] {
  const user = person.user;
  if (!user || user.length < 2 || nobody.has(user.toLowerCase())) return [];
  if (!text.toLowerCase().includes(user.toLowerCase())) return [];
  const name = user.replace(/[^\w]/g, '\\$&');
  return scan(
    text,
    new RegExp(`(?<=[/\\\\])${name}(?=[/\\\\]|$)|(?<![\\w.@+-])${name}(?=@[\\w-])`, 'gi'),
    'USER',
  );
}
