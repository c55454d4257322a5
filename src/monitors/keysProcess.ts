import { runKeys } from './keysChild.ts';

// Entry file of the child process that Node forks; Electron's host has one of its own around the same body.
process.on('disconnect', () => process.exit(0));
await runKeys({
  send: (message) => void process.send?.(message),
  onMessage: (listener) => void process.on('message', listener),
});
