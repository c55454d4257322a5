// Preloaded: makes a Node process look like a utility process of an Electron whose RunAsNode fuse is off. The module
// `electron` exports what it does there (electron.d.ts, Electron.Utility), and no program can be forked or spawned.
import childProcess from 'node:child_process';
import { registerHooks, syncBuiltinESMExports } from 'node:module';

Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '45.4.1' } });
const refuse = (what) => () => {
  process.stderr.write(`${what} was tried\n`);
  throw new Error(`${what}: the RunAsNode fuse is off`);
};
for (const name of ['fork', 'spawn', 'exec', 'execFile']) childProcess[name] = refuse(name);
syncBuiltinESMExports();
const text =
  'export const net = {}; export const systemPreferences = {}; export const parentPort = {}; export default {};';
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron'
      ? { url: `data:text/javascript,${encodeURIComponent(text)}`, shortCircuit: true }
      : next(name, context),
});
