// The model process as it would be without electron/binaryTest.ts: what the stand-in is for.
import { runLlm } from '../../src/llm/llmProcess.ts';
import { childPort } from '../../electron/childPort.ts';

runLlm(await childPort(), () => process.exit(0));
