// `npm start`: installs what is missing, fetches the default model, builds, opens the assistant.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, die, install, interrupted, needNode20, node24, root, run, say } from './setup.mjs';

const HELP = `npm start -- [options]

  --demo       play a recorded day; nothing is captured
  --headless   watch and propose without a window (desktop notifications only)
  --browser    open in a browser window even where the desktop app could run
  --help       this text`;

const flags = new Set(process.argv.slice(2));
if (flags.delete('--help') || flags.delete('-h')) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
const demo = flags.delete('--demo');
const headless = flags.delete('--headless');
const browser = flags.delete('--browser');
if (flags.size > 0) die(`npm start does not know ${[...flags].join(' ')}: see \`npm start -- --help\`.`, 2);

needNode20();
install();
if (!headless) build();
const cli = join(root, 'src', 'cli.ts');
// A missing model leaves the assistant running, so a failed download is said and not fatal.
const pulled = await run([cli, 'models', 'pull', '--if-missing']);
if (interrupted()) process.exit(130);
if (pulled !== 0)
  say('Going on without a model: patterns still propose; `npm run -s beforehand -- doctor` says more.');

const electron = headless || browser ? null : electronBinary();
const args = demo ? ['--demo'] : [];
process.exitCode = electron
  ? await run([join(root, 'scripts', 'electron.mjs'), electron, ...args])
  : await run([cli, 'run', '--host', headless ? 'headless' : 'browser', ...args]);

/** The Electron program, fetched on first use by its own installer; null, and one line, where it can't be had. */
function electronBinary() {
  const found = installedElectron();
  if (found) return found;
  const package_ = join(root, 'node_modules', 'electron');
  const installer = join(package_, 'install.js');
  if (existsSync(installer)) {
    say('Fetching Electron (about 110 MB, once) …');
    spawnSync(node24(), [installer], { cwd: package_, stdio: 'ignore', timeout: 300_000 });
  }
  const fetched = installedElectron();
  if (!fetched) say('Electron could not be fetched here, so Beforehand opens in a browser window.');
  return fetched;
}

function installedElectron() {
  const package_ = join(root, 'node_modules', 'electron');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  if (override && existsSync(join(override, name))) return join(override, name);
  const pathFile = join(package_, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(package_, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : null;
}
