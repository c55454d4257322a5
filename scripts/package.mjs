// `npm run package:dir` lays out a package from a stub Electron, to be looked at; `npm run package` makes the real
// packages of this system, for which Electron and the tools of each target are downloaded.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { configuration, electronBuilder, stubElectron } from './packaging.mjs';
import { build, die, install, needNode20, root, say } from './setup.mjs';

const HELP = `npm run package                  the packages of this system, in dist/
npm run package:dir [-- FOLDER]  a folder from a stub Electron, to be looked at (default dist/stub)`;

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
const dir = args[0] === '--dir';
const [folder, ...rest] = dir ? args.slice(1) : args;
if (rest.length > 0 || (!dir && folder !== undefined) || folder?.startsWith('-')) die(HELP, 2);
needNode20();
install();
build();

if (dir) {
  const stub = mkdtempSync(join(tmpdir(), 'beforehand-stub-'));
  try {
    stubElectron(stub);
    const output = resolve(root, folder ?? join('dist', 'stub'));
    const config = { ...configuration({ release: false, platform: 'linux' }), electronDist: stub };
    config.directories = { ...config.directories, output };
    const code = electronBuilder(config, ['--linux', 'dir']);
    if (code !== 0) die('The folder could not be made: see electron-builder’s words above.', code);
    say(`Laid out in ${join(output, 'linux-unpacked')}.`);
  } finally {
    rmSync(stub, { recursive: true, force: true });
  }
} else {
  const code = electronBuilder(configuration({ release: true }), []);
  if (code !== 0) die('The packages could not be made: see electron-builder’s words above.', code);
}
