import { mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { AppError } from '../errors.ts';
import type { LoginPort } from '../model/program.ts';
import { writeError, writeWhole } from '../writing.ts';

const NAME = 'org.beforehand.app.desktop';

/**
 * Starts `command` (absolute program, then its arguments) with the session on Linux: a file of the XDG autostart
 * specification, written whole or not at all. Its own words are read back, so a desktop that switched it off is heard.
 */
export function createAutostart(options: {
  readonly command: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
}): LoginPort {
  const env = options.env ?? process.env;
  const config = env['XDG_CONFIG_HOME'];
  const folder = join(
    config && isAbsolute(config) ? config : join(env['HOME'] ?? homedir(), '.config'),
    'autostart',
  );
  const file = join(folder, NAME);
  const text = entry(options.command);
  return {
    async read() {
      if (!text) return null;
      const there = await readFile(file, 'utf8').catch(() => '');
      return isOn(there);
    },
    async write(on) {
      if (!text)
        throw new AppError(
          'refused',
          '[login] the program’s own path cannot be written into a start file: move it to a path of plain letters.',
        );
      try {
        if (!on) return await rm(file, { force: true });
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writeWhole(file, text);
      } catch (thrown) {
        throw writeError(thrown, file, 'login', 'switch it on again');
      }
    },
  };
}

/** Switched off by a desktop's own settings (`Hidden`, GNOME's key) it stays there and does not count. */
function isOn(text: string): boolean {
  const lines = text.split('\n').map((line) => line.trim());
  const off = lines.some((line) => /^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)$/i.test(line));
  return lines.includes('[Desktop Entry]') && lines.some((line) => line.startsWith('Exec=')) && !off;
}

/**
 * The file's text (Desktop Entry Specification 1.5, `Exec`: every argument quoted, with `"`, backtick, `$` and `\`
 * escaped, the escape itself doubled as in any string, and `%` doubled). Null for a path with control characters.
 */
function entry(command: readonly [string, ...string[]]): string | null {
  if (!isAbsolute(command[0]) || command.some((part) => /\p{Cc}/u.test(part))) return null;
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Beforehand',
    `Exec=${command.map(quote).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    'Terminal=false',
    '',
  ].join('\n');
}

function quote(part: string): string {
  return `"${part
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;
}
