import childProcess from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

/** The file that node-llama-cpp forks to try a binary (3.21.1, dist/bindings/utils). */
const TESTER = 'testBindingBinary.js';

/** What that file answers to each message when the binary is good; `exit` ends it. */
const ANSWERS: Readonly<Record<string, string>> = { start: 'loaded', test: 'done' };

/**
 * Answers node-llama-cpp's trial of its binary from inside the model process, which cannot fork: a utility process has
 * no `utilityProcess`, and `fork` of the Electron program needs the RunAsNode fuse, which is off. The trial exists so
 * that a bad binary ends a child and not the program; this process is that child. Every other fork is refused.
 */
export function answerBinaryTest(): void {
  childProcess.fork = ((file: string | URL) => {
    if (basename(String(file)) === TESTER) return tester();
    throw new Error('[llm] the model process starts no other');
  }) as typeof childProcess.fork;
  // The library imports `fork` by name: its binding follows only this.
  syncBuiltinESMExports();
}

/** A child that is there already, and passes. */
function tester(): EventEmitter {
  const child = Object.assign(new EventEmitter(), {
    exitCode: null as number | null,
    killed: false,
    kill: () => true,
    send({ type }: { readonly type: string }) {
      const answer = ANSWERS[type];
      setImmediate(() => {
        if (answer) child.emit('message', { type: answer });
        else if (type === 'exit') {
          child.exitCode = 0;
          child.emit('exit', 0);
        }
      });
      return true;
    },
  });
  setImmediate(() => child.emit('message', { type: 'ready' }));
  return child;
}
