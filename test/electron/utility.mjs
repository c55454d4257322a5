// A utility process as a worker thread: gives its entry file the parent port that Electron would.
import { parentPort, workerData } from 'node:worker_threads';
import { EventEmitter } from 'node:events';

const wrapped = (port) => ({
  postMessage: (message, ports = []) =>
    port.postMessage(
      { message, ports: ports.map((each) => each.real) },
      ports.map((each) => each.real),
    ),
  on: (name, listener) =>
    port.on(name, (data) =>
      listener(name === 'message' ? { data: data.message, ports: data.ports.map(wrapped) } : data),
    ),
  once: (name, listener) =>
    port.once(name, (data) => listener({ data: data.message, ports: data.ports.map(wrapped) })),
  start: () => port.start(),
});
// Electron queues what comes before a listener; a worker's port does so by itself.
process.parentPort = Object.assign(new EventEmitter(), wrapped(parentPort));
// A real process may set its mask; a thread may not.
process.umask = () => 0o077;
await import(workerData);
