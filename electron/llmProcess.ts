import { runLlm } from '../src/llm/llmProcess.ts';
import { answerBinaryTest } from './binaryTest.ts';
import { childPort } from './childPort.ts';

answerBinaryTest();
runLlm(await childPort(), () => process.exit(0));
