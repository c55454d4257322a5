import { runLlm } from '../src/llm/llmProcess.ts';
import { childPort } from './childPort.ts';

runLlm(await childPort(), () => process.exit(0));
