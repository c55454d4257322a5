/** Time and the reasons to stop of one call. */
export interface Run {
  stopped(): 'abort' | 'timeout' | null;
  token(): void;
  end(): { readonly firstTokenMs: number; readonly totalMs: number; readonly memoryBytes: number };
}

/** Begins one call: its clock runs from here. `timeoutMs` is milliseconds. */
export function startRun(timeoutMs: number, signal: AbortSignal): Run {
  const begun = performance.now();
  let first: number | null = null;
  const since = () => performance.now() - begun;
  return {
    stopped: () => (signal.aborted ? 'abort' : since() >= timeoutMs ? 'timeout' : null),
    token: () => {
      first ??= since();
    },
    end: () => ({ firstTokenMs: first ?? since(), totalMs: since(), memoryBytes: process.memoryUsage.rss() }),
  };
}

/** Whether a JSON value is complete: a grammar would only allow the end token now, which need not be paid for. */
export function closes(text: string): boolean {
  if (!/[}\]]$/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
