import { z } from 'zod';
import { askActiveWin, createAskedWindow } from '../activeWindow.ts';
import { isOwn, NO_FOCUS, type Focus, type WindowAdapter } from '../focus.ts';

/** Result of get-windows on macOS (its index.d.ts, `MacOSResult`). The title is empty without Screen Recording. */
const Result = z.object({
  platform: z.literal('macos'),
  id: z.number(),
  title: z.string(),
  owner: z.object({ name: z.string(), bundleId: z.string() }),
});

/** Reads a result of get-windows into a focus; null for none, and for a shape that is not macOS's. */
export function macFocus(result: unknown): Focus | null {
  const found = Result.safeParse(result);
  if (!found.success) return null;
  const { id, title, owner } = found.data;
  return {
    window: id || 1,
    own: isOwn(owner.name, owner.bundleId.split('.').at(-1)),
    ...(owner.name && { app: owner.name }),
    ...(title && { title }),
  };
}

/** Active window of macOS. Not run on this platform. */
export function createMacWindow(query: () => Promise<unknown> = askActiveWin): WindowAdapter {
  return createAskedWindow(async () => macFocus(await query()), NO_FOCUS);
}
