// Starts the desktop app: `electron.mjs PROGRAM [--demo]`. A file of its own so that start.mjs waits for one child.
import { spawn } from 'node:child_process';
import { root } from './setup.mjs';

const [program, ...args] = process.argv.slice(2);
const child = spawn(program, [root, ...args], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
child.on('error', (error) => {
  process.stderr.write(`Electron could not be started: ${error.message}\n`);
  process.exit(1);
});
