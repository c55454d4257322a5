// `npm run walk`: a newcomer goes from Welcome to an export with the keyboard alone, on a desktop of its own; a picture
// of each step, and a page that shows them, in out/walk/.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, needNode20, node24, root, say } from './setup.mjs';

needNode20();
install();
build();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const args = [vitest, 'run', '--project', 'desktop', 'test/desktop/walk.test.ts'];
const done = spawnSync(node24(), args, { cwd: root, stdio: 'inherit' });
const page = join(root, 'out', 'walk', 'index.html');
if (existsSync(page)) say(`The pictures: ${page}`);
process.exitCode = done.status ?? 1;
