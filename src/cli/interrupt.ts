const STOPS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Does `work` with a signal that Ctrl-C aborts. It comes as two: from the terminal, and passed on by the front door as the
 * other; neither ends the process meanwhile.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const signal of STOPS) process.on(signal, onSignal);
  try {
    return await work(stop.signal);
  } finally {
    for (const signal of STOPS) process.off(signal, onSignal);
  }
}
