import { AppError } from '../errors.ts';
import type { Assistant } from '../contract.ts';
import type { Handlers } from '../rpc.ts';

/** Channels of the receipts. */
export function createReceipts(): Pick<Handlers<Assistant>, 'receipts.days'> {
  return {
    'receipts.days'() {
      throw new AppError('not-running', '[receipts] being built');
    },
  };
}
