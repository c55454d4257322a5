import { win32 } from 'node:path';
import { z } from 'zod';
import { askActiveWin, createAskedWindow } from '../activeWindow.ts';
import { isOwn, NO_FOCUS, type Focus, type WindowAdapter } from '../focus.ts';

/** Result of get-windows on Windows (its index.d.ts, `WindowsResult`). `owner.name` is the file description. */
const Result = z.object({
  platform: z.literal('windows'),
  id: z.number(),
  title: z.string(),
  owner: z.object({ name: z.string(), path: z.string() }),
});

/** Reads a result of get-windows into a focus; null for none, and for a shape that is not Windows'. */
export function winFocus(result: unknown): Focus | null {
  const found = Result.safeParse(result);
  if (!found.success) return null;
  const { id, title, owner } = found.data;
  // A program without a description still has a file: an app without a name could not be excluded.
  const file = win32.basename(owner.path).replace(/\.exe$/i, '');
  const app = owner.name || file;
  return {
    window: id || 1,
    own: isOwn(owner.name, file),
    ...(app && { app }),
    ...(title && { title }),
  };
}

/** Active window of Windows. Not run on this platform. */
export function createWinWindow(query: () => Promise<unknown> = askActiveWin): WindowAdapter {
  return createAskedWindow(async () => winFocus(await query()), NO_FOCUS);
}
