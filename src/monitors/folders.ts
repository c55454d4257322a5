import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** The XDG names of the folders that are watched by default, and what they are called where nothing else is said. */
const DEFAULTS = { DOCUMENTS: 'Documents', DESKTOP: 'Desktop', DOWNLOAD: 'Downloads' } as const;

/**
 * The folders to watch: those chosen, as they are, or the user's documents, desktop and downloads where they exist
 * (user-dirs.dirs of xdg-user-dirs; the usual names on other platforms). Never the home folder itself.
 */
export function watchedFolders(
  chosen: readonly string[],
  home: string,
  env: NodeJS.ProcessEnv,
): readonly string[] {
  if (chosen.length > 0) return [...new Set(chosen)];
  const named = userDirs(home, env);
  const found = Object.entries(DEFAULTS).flatMap(([key, name]) => {
    try {
      const folder = realpathSync(named.get(key) ?? join(home, name));
      return statSync(folder).isDirectory() && folder !== realpathSync(home) ? [folder] : [];
    } catch {
      return [];
    }
  });
  return [...new Set(found)];
}

function userDirs(home: string, env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const base = env['XDG_CONFIG_HOME'] || join(home, '.config');
  const found = new Map<string, string>();
  try {
    for (const line of readFileSync(join(base, 'user-dirs.dirs'), 'utf8').split('\n')) {
      const match = /^XDG_(\w+)_DIR="(.*)"\s*$/.exec(line.trim());
      const folder = match?.[2]?.replace(/^\$HOME(?=\/|$)/, home).replace(/\\(.)/g, '$1');
      if (match && folder && isAbsolute(folder)) found.set(match[1]!, folder.replace(/(?<=.)\/+$/, ''));
    }
  } catch {
    // No such file is the ordinary case: the usual names hold.
  }
  return found;
}
