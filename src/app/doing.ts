import { AppError } from '../errors.ts';
import type { Assistant } from '../contract.ts';
import type { Handlers } from '../rpc.ts';

/** Channels of what was done: the audit log and undoing. */
export function createDoing(): Pick<Handlers<Assistant>, 'operations.undo' | 'operations.list'> {
  return { 'operations.undo': later, 'operations.list': later };
}

function later(): never {
  throw new AppError('not-running', '[operations] being built');
}
