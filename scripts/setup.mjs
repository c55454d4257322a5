// Brings a fresh clone to a state in which everything else can run. Plain JavaScript without dependencies,
// because it runs before anything is installed, on any Node >= 20.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const LOCK = join(root, 'package-lock.json');
const INSTALLED = join(root, 'node_modules', '.beforehand-installed');
/**
 * A small nursery for young values: V8's own grows to 48 MB that stay resident, and what is watched is small and
 * short-lived. In megabytes.
 */
export const lean = ['--max-semi-space-size=4'];

/** Where Node keeps compiled code between starts. */
export const compiled = join(root, 'node_modules', '.cache', 'beforehand', 'compiled');

const BUILT = join(root, 'out', '.built');

/** Says one line to the person, on stderr: stdout is for results. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends with one sentence and an exit code: 1 failed, 2 wrong usage. */
export function die(line, code = 1) {
  say(line);
  process.exit(code);
}

/** Ends unless this Node can run the scripts at all. */
export function needNode20() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    die(`Beforehand needs Node 20 or later to start; this is ${process.version}. Install a newer Node.`);
}

/** The Node 24 that everything runs on: the one installed with the packages, else this one if it is new enough. */
export function node24() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = join(root, 'node_modules', `node-${nodePlatform()}-${process.arch}`, 'bin', name);
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return die(
    `Beforehand runs on Node 24, which has no package for ${process.platform}-${process.arch}; this is ${process.version}. Install Node 24 and run the command again.`,
  );
}

function nodePlatform() {
  return process.platform === 'win32' ? 'win' : process.platform;
}

function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli && cli.endsWith('.js')) return spawnSync(process.execPath, [cli, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

function fingerprint(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Installs the packages of the lock file, unless exactly these are installed already. */
export function install() {
  const wanted = `${fingerprint(LOCK)} ${process.platform}-${process.arch}`;
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  say('Installing packages (about 900 MB on disk; a minute or so the first time) …');
  const done = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0)
    die('The packages could not be installed: see npm’s words above, then run the command again.');
  writeFileSync(INSTALLED, wanted);
}

/** Installs the packages unless every one that the program itself needs is there: the command line's check, 1 ms. */
export function installMissing() {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const missing = Object.keys(dependencies).some((name) => !existsSync(join(root, 'node_modules', name)));
  if (!missing) return;
  // What was taken away by hand is missing although the stamp says otherwise.
  rmSync(INSTALLED, { force: true });
  install();
}

/** Newest change under the given folders, epoch milliseconds. */
function newest(places) {
  let time = 0;
  for (const place of places) {
    const stat = statSync(place, { throwIfNoEntry: false });
    if (!stat) continue;
    if (stat.isDirectory())
      time = Math.max(time, newest(readdirSync(place).map((name) => join(place, name))));
    else time = Math.max(time, stat.mtimeMs);
  }
  return time;
}

/** Builds the page and the desktop shell, unless nothing changed since the last build. */
export function build() {
  const sources = ['renderer', 'electron', 'src', 'electron.vite.config.ts', 'package-lock.json'];
  const time = newest(sources.map((each) => join(root, each)));
  if (existsSync(BUILT) && Number(readFileSync(BUILT, 'utf8')) >= time) return;
  say('Building …');
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const done = spawnSync(node24(), [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0) die('The build failed: see the words above.');
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, String(time));
}

let stopped = false;

/** Whether somebody pressed Ctrl-C (or sent a signal) while `run` waited: then nothing more is started. */
export function interrupted() {
  return stopped;
}

/** Runs one of the program's own entries on Node 24; resolves with its exit code. Ctrl-C reaches the child by the terminal. */
export function run(args, options = {}) {
  return new Promise((resolve) => {
    // Compiled code is kept between starts: it saves about a third of the time until the program is ready.
    const env = { NODE_COMPILE_CACHE: compiled, ...process.env };
    const child = spawn(node24(), [...lean, ...args], { cwd: root, stdio: 'inherit', env, ...options });
    // A terminal sends Ctrl-C to the whole group; a plain kill reaches only this process, so it is passed on.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        stopped = true;
        if (child.exitCode === null) child.kill(signal === 'SIGINT' ? 'SIGTERM' : signal);
      });
    }
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
    child.on('error', (error) => die(`Could not start ${args[0]}: ${error.message}`));
  });
}
