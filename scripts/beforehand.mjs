// The command line's front door: any Node may open it, Node 24 runs it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { die, needNode20, root, run } from './setup.mjs';

needNode20();
if (!existsSync(join(root, 'node_modules', 'commander'))) {
  die('The packages are not installed yet: run `npm ci` (or `npm start`, which does it) and try again.');
}
// Files are named from where the person stands, which npm keeps in INIT_CWD.
process.exitCode = await run([join(root, 'src', 'cli.ts'), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
