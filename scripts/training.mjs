// `npm run training:setup`: the Python environment of training/, in training/.venv, exactly as requirements.lock
// names it; does nothing where it stands already. `npm run training -- VERB …`: a recipe in that environment.
// Plain JavaScript without dependencies, like the other scripts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { die, root, say } from './setup.mjs';

const folder = join(root, 'training');
/** Another folder may be named, so that several checkouts share one environment (4 GB). */
const home = process.env.BEFOREHAND_TRAINING_ENV ?? join(folder, '.venv');
const python = join(home, 'bin', 'python');
const stamp = join(home, 'requirements.sha256');

/** Hash of everything that decides what is installed: the stamp of a finished environment is equal to it. */
export function wantedStamp() {
  const hash = createHash('sha256');
  for (const name of ['bootstrap.lock', 'requirements.lock']) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

/** Python of the finished environment, or null where it is missing, half made or older than the lock. */
export function trainingPython() {
  const stands = existsSync(python) && existsSync(stamp);
  return stands && readFileSync(stamp, 'utf8') === wantedStamp() ? python : null;
}

/** The first Python 3.11 on PATH, since the lock holds the wheels of that version alone. */
function python311() {
  const asks = 'import sys, ensurepip, venv; print("%d.%d" % sys.version_info[:2])';
  for (const name of ['python3.11', 'python3', 'python']) {
    const said = spawnSync(name, ['-c', asks], { encoding: 'utf8' });
    if (said.status === 0 && said.stdout.trim() === '3.11') return name;
  }
  return die(
    'training: no Python 3.11 with its venv module was found; install it (Debian: apt-get install python3-venv) and run the command again.',
  );
}

function step(command, args, failure) {
  // uv reads its own variable for the registry; who has set pip's means both.
  const index = process.env.PIP_INDEX_URL ? { UV_DEFAULT_INDEX: process.env.PIP_INDEX_URL } : {};
  const env = { ...index, ...process.env };
  const done = spawnSync(command, args, { cwd: folder, env, stdio: ['ignore', 2, 2] });
  if (done.status !== 0) die(`training: ${failure}`);
}

function setup() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    die(`training: the lock is made for Linux on x86-64, and this is ${process.platform}-${process.arch}.`);
  if (trainingPython()) return say(`training: the environment stands in ${home}.`);
  say('training: installing the Python environment (4.2 GB on disk; half a minute on a fast line) …');
  const offline = 'check the network (PyPI, or the mirror that pip is set to) and run the command again.';
  const from = python311();
  rmSync(stamp, { force: true });
  if (!existsSync(python)) {
    rmSync(home, { recursive: true, force: true });
    step(from, ['-m', 'venv', home], `Python’s venv could not be made in ${home}; see the words above.`);
  }
  const locked = ['install', '--quiet', '--no-deps', '--require-hashes', '-r'];
  const bootstrap = ['-m', 'pip', '--retries', '1', ...locked, 'bootstrap.lock'];
  step(python, bootstrap, `uv could not be installed; ${offline}`);
  const uv = join(home, 'bin', 'uv');
  step(
    uv,
    ['pip', ...locked, 'requirements.lock', '--no-config', '--python', python],
    `the packages of requirements.lock could not be installed; ${offline}`,
  );
  writeFileSync(stamp, wantedStamp());
  say(`training: the environment stands in ${home}.`);
}

/** Runs a recipe; files are named from where the person stands. Ctrl-C reaches it by the terminal, which waits for it. */
function recipe(args) {
  const found = trainingPython();
  if (!found) return die('training: the Python environment is not there; run: npm run training:setup');
  process.on('SIGINT', () => {});
  const child = spawn(found, ['-m', 'recipes', ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: { ...process.env, PYTHONPATH: folder },
    stdio: 'inherit',
  });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return child.on('exit', (code) => process.exit(code ?? 1));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  if (args[0] === 'setup') setup();
  else recipe(args);
}
