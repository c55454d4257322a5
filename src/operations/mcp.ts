import { asAppError } from '../errors.ts';
import type { McpTools } from '../model/mcp.ts';
import type { Operation } from '../model/proposal.ts';
import type { Written } from './chat.ts';
import { type Ended, plain } from './ended.ts';

/**
 * Calls one tool with exactly the arguments that were previewed and shows what it says as plain text. The text is data:
 * it goes to the screen and the log and into no other operation. Never rejects for the tool's sake.
 */
export async function callTool(
  operation: Extract<Operation, { kind: 'mcp' }>,
  options: {
    readonly tools: Pick<McpTools, 'call'>;
    readonly signal: AbortSignal;
    readonly show: (written: Written) => void;
    readonly save: (written: Written) => Promise<void>;
  },
): Promise<Ended> {
  const { tools, signal, show, save } = options;
  const finish = async (written: Written, ended: Ended) => {
    await save(written);
    show(written);
    return ended;
  };
  show({ text: '', state: 'writing' });
  try {
    const { text, failed } = await tools.call(operation, signal);
    return await finish(
      failed
        ? { text, state: 'failed', note: 'The tool says that it failed; this is what it answered.' }
        : { text, state: 'done' },
      { result: failed ? 'failed' : 'done', detail: `${text.length} characters came back` },
    );
  } catch (thrown) {
    const { code, message } = asAppError(thrown, 'internal', 'operation:mcp');
    const stopped = code === 'aborted';
    return finish(
      { text: '', state: stopped ? 'stopped' : 'failed', note: plain(message).slice(0, 500) },
      { result: stopped ? 'stopped' : 'failed', detail: message.slice(0, 1000) },
    );
  }
}
