import { runKeys } from '../src/monitors/keysChild.ts';
import { childPort } from './childPort.ts';

await runKeys(await childPort());
