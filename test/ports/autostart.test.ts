import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createAutostart } from '../../src/ports/autostart.ts';

const home = mkdtempSync(join(tmpdir(), 'autostart-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const file = (folder: string) => join(folder, 'autostart', 'org.beforehand.app.desktop');
let count = 0;
const folder = () => join(home, `config-${count++}`);

it('writes a start file whole, reads it back, and takes it away', async () => {
  const config = folder();
  const port = createAutostart({
    command: ['/opt/Beforehand/beforehand', '--hidden'],
    env: { XDG_CONFIG_HOME: config },
  });
  expect(await port.read()).toBe(false);
  await port.write(true);
  expect(await port.read()).toBe(true);
  expect(readFileSync(file(config), 'utf8')).toContain('Exec="/opt/Beforehand/beforehand" "--hidden"\n');
  expect(statSync(file(config)).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(config, 'autostart'))).toHaveLength(1);
  await port.write(false);
  await port.write(false);
  expect([await port.read(), existsSync(file(config))]).toEqual([false, false]);
});

it('hears a desktop that switched it off', async () => {
  for (const line of ['Hidden=true', 'X-GNOME-Autostart-enabled=false']) {
    const config = folder();
    const port = createAutostart({ command: ['/opt/beforehand'], env: { XDG_CONFIG_HOME: config } });
    await port.write(true);
    writeFileSync(file(config), `${readFileSync(file(config), 'utf8')}${line}\n`);
    expect(await port.read()).toBe(false);
  }
});

it('follows the home folder where no other is named, and names a folder that takes nothing', async () => {
  const port = createAutostart({
    command: ['/opt/beforehand'],
    env: { HOME: home, XDG_CONFIG_HOME: 'not/absolute' },
  });
  await port.write(true);
  expect(existsSync(file(join(home, '.config')))).toBe(true);
  const config = folder();
  mkdirSync(config);
  writeFileSync(join(config, 'autostart'), 'a file where the folder should be');
  const blocked = createAutostart({ command: ['/opt/beforehand'], env: { XDG_CONFIG_HOME: config } });
  await expect(blocked.write(true)).rejects.toThrow(/^\[login\] .* cannot be written/);
});

it.each([
  'plain',
  'with space',
  'quo"te',
  'dollar$HOME',
  'back`tick`',
  'per%cent %f',
  'back\\slash',
  "apos'trophe",
  'semi;colon & more',
])('starts exactly the program meant: %s', async (name) => {
  const config = folder();
  const program = join(home, `${name}.sh`);
  const out = join(home, 'out');
  rmSync(out, { force: true });
  writeFileSync(program, `#!/bin/sh\nprintf '%s|' "$0" "$@" > ${out}\n`);
  chmodSync(program, 0o700);
  await createAutostart({ command: [program, '--hidden', name], env: { XDG_CONFIG_HOME: config } }).write(
    true,
  );
  const [, exec] = /^Exec=(.*)$/m.exec(readFileSync(file(config), 'utf8')) ?? [];
  expect(unquote(exec ?? '')).toEqual([program, '--hidden', name]);
  execFileSync(unquote(exec ?? '')[0] as string, unquote(exec ?? '').slice(1));
  expect(readFileSync(out, 'utf8')).toBe(`${program}|--hidden|${name}|`);
});

it('refuses a path that no start file can hold', async () => {
  for (const command of ['/opt/two\nlines', 'relative/program']) {
    const config = folder();
    const port = createAutostart({ command: [command], env: { XDG_CONFIG_HOME: config } });
    expect(await port.read()).toBeNull();
    await expect(port.write(true)).rejects.toMatchObject({ code: 'refused' });
    expect(existsSync(config)).toBe(false);
  }
});

/** Arguments of an `Exec` line as the Desktop Entry Specification reads them: the string's escapes first, then quotes, then %. */
function unquote(line: string): string[] {
  const text = line.replace(
    /\\(.)/g,
    (_, char: string) => ({ s: ' ', n: '\n', t: '\t', r: '\r' })[char] ?? char,
  );
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, part = '']) =>
    part.replace(/\\(.)/g, '$1').replaceAll('%%', '%'),
  );
}
