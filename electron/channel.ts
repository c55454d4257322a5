/** The one IPC channel between page and main process; what goes over it is the contract of src/rpc.ts. */
export const CHANNEL = 'beforehand';
