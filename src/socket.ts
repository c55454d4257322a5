/**
 * The core's own socket, for composition roots: newline-delimited JSON as a Transport, so that the log's contract and
 * the assistant's run over one 0600 Unix socket. It lives in the log's folder because a stage imports no other.
 */
export { dial, listen, type Dialled, type Speaks } from './log/socketTransport.ts';
