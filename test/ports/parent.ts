// A parent that starts one child, tells its pid, and is then killed the hard way.
import { createNodeSpawn } from '../../src/ports/spawn.ts';

const file = new URL('./child.ts', import.meta.url);
const child = createNodeSpawn({ entries: { llm: file, keys: file } })('llm');
child.onMessage(() => process.send?.(child.pid));
child.send({ kind: 'echo' });
setInterval(() => {}, 1000);
