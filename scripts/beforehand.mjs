// The command line's front door: any Node may open it, Node 24 runs it. What is missing is installed first, on stderr.
import { join } from 'node:path';
import { installMissing, needNode20, root, run } from './setup.mjs';

needNode20();
installMissing();
// Files are named from where the person stands, which npm keeps in INIT_CWD.
process.exitCode = await run([join(root, 'src', 'cli.ts'), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
