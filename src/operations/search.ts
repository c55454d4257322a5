import { asAppError } from '../errors.ts';
import type { OpenPort } from '../model/ports.ts';
import type { Ended } from './ended.ts';

/** Opens the browser on a web search for exactly the words that were previewed. Never rejects. */
export async function search(open: OpenPort, query: string): Promise<Ended> {
  try {
    await open.search(query);
    return { result: 'done' };
  } catch (thrown) {
    return { result: 'failed', detail: asAppError(thrown, 'internal', 'operation:search').message };
  }
}
