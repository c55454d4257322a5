import { assistant, type Assistant } from '../contract.ts';
import type { Paths } from '../paths.ts';
import { connect, type Client } from '../rpc.ts';
import { dial } from '../socket.ts';

/** Asks the core that runs on this data folder; null when none does. Rejects as the call does. */
export async function callRunning<T>(
  paths: Pick<Paths, 'socket'>,
  call: (client: Client<Assistant>) => Promise<T>,
): Promise<T | null> {
  const transport = await dial(paths.socket, 'assistant');
  if (!transport) return null;
  try {
    return await call(connect(assistant, transport));
  } finally {
    transport.close();
  }
}
