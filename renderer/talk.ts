// What talking to the core needs, zod above all, in a file of its own: the window is drawn before it is there.
export { told } from '../src/contract/events.ts';
export { connect } from '../src/rpc.ts';
