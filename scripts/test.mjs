// `npm test`: installs what is missing, then lint, format, types, layers, build and the four test projects.
// The last line is `N passed, N failed, N skipped`. With CI=true a skip is a failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { build, compiled, die, install, needNode20, node24, root, say } from './setup.mjs';

const PROJECTS = ['unit', 'model', 'ui', 'desktop'];
const KNOWN = ['lint', 'format', 'types', 'layers', ...PROJECTS];
const only = process.argv.slice(2);
const unknown = only.filter((each) => !KNOWN.includes(each));
// Before anything is installed: a slip of the keyboard must not cost a minute, nor touch what is there.
if (unknown.length > 0) die(`npm test knows ${KNOWN.join(', ')}; not ${unknown.join(', ')}.`, 2);
needNode20();
install();

const node = node24();
const bin = (name, file) => join(root, 'node_modules', name, file);
const CHECKS = {
  lint: [bin('oxlint', 'bin/oxlint'), '--deny-warnings'],
  format: [bin('oxfmt', 'bin/oxfmt'), '--check'],
  types: [bin('typescript7', 'bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
  layers: [
    bin('dependency-cruiser', 'bin/dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    'src',
    'electron',
    'renderer',
  ],
};
const wanted = (name) => only.length === 0 || only.includes(name);

// Whatever spawns `node` from here on gets Node 24, and nothing touches the person's own data.
const scratch = mkdtempSync(join(tmpdir(), 'beforehand-test-'));
const env = {
  ...process.env,
  PATH: [join(node, '..'), process.env.PATH].join(delimiter),
  BEFOREHAND_HOME: join(scratch, 'home'),
  NODE_COMPILE_CACHE: compiled,
};
const totals = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

for (const [name, args] of Object.entries(CHECKS)) {
  if (wanted(name))
    check(name, () => spawnSync(node, args, { cwd: root, env, stdio: 'inherit' }).status === 0);
}
if (wanted('ui') || wanted('desktop')) {
  check('build', () => {
    build();
    return true;
  });
}
for (const name of PROJECTS) if (wanted(name)) project(name);
rmSync(scratch, { recursive: true, force: true });

for (const each of failures) say(`failed: ${each}`);
if (process.env.CI === 'true' && totals.skipped > 0) say('With CI=true a skipped test is a failure.');
process.exitCode = totals.failed > 0 || (process.env.CI === 'true' && totals.skipped > 0) ? 1 : 0;
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);

function check(name, work) {
  say(`\n== ${name}`);
  if (work()) totals.passed += 1;
  else fail(name);
}

function fail(name) {
  totals.failed += 1;
  failures.push(name);
}

function project(name) {
  say(`\n== ${name} tests`);
  const report = join(scratch, `${name}.json`);
  const args = [
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const done = spawnSync(node, [bin('vitest', 'vitest.mjs'), ...args], { cwd: root, env, stdio: 'inherit' });
  if (!existsSync(report)) return fail(`${name} tests did not run`);
  const result = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += result.numPassedTests;
  totals.failed += result.numFailedTests;
  totals.skipped += result.numPendingTests + result.numTodoTests;
  for (const file of result.testResults) {
    for (const test of file.assertionResults) if (test.status === 'failed') failures.push(test.fullName);
  }
  if (done.status !== 0 && result.numFailedTests === 0)
    fail(`${name} tests (a file that could not be loaded)`);
}
