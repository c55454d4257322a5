import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { problem } from '../reading/json.ts';
import { readError } from '../reading/lines.ts';
import { SPEAKER } from './place.ts';

/** Bytes of a YAML file at most: it is parsed whole, and the released ones are under 300 kB. */
const LARGEST = 16_000_000;
/** Uses of anchors at most, so that a few lines cannot grow into gigabytes. */
const ALIASES = 100;

/** Hears the bytes that were read. */
type OnChunk = (chunk: Buffer) => void;

/** One invented setting of the simulated gym. Unknown members are kept. */
export const Scene = z.looseObject({
  environment: z.looseObject({
    description: z.string(),
    theme: z.string().optional(),
    entities: z.array(z.unknown()).optional(),
    events_example: z.array(z.string()).optional(),
    /** Operations of an agent there: texts, and in a few scenes objects. */
    agent_ops: z.array(z.unknown()).optional(),
  }),
  user: z.looseObject({ description: z.string(), goal: z.string().optional() }),
});
export type Scene = z.infer<typeof Scene>;

/** Tasks and sample events that scenes were grown from, by kind of assistant. */
export const SeedTasks = z.record(
  z.string(),
  z.looseObject({ tasks: z.array(z.string()), sample_events: z.array(z.string()).optional() }),
);
export type SeedTasks = z.infer<typeof SeedTasks>;

/** Reads scenes (`new_scenes_good.yaml`). Rejects with `bad-input` naming file and line or member, otherwise as `readError`. */
export async function readScenes(file: string, onChunk?: OnChunk): Promise<readonly Scene[]> {
  return readYaml(file, z.array(Scene), 'scenes', onChunk);
}

/** Reads seed tasks (`seedtask.yaml`); otherwise as `readScenes`. */
export async function readSeedTasks(file: string, onChunk?: OnChunk): Promise<SeedTasks> {
  return readYaml(file, SeedTasks, 'seed tasks', onChunk);
}

async function readYaml<T>(
  file: string,
  schema: z.ZodType<T>,
  what: string,
  onChunk: OnChunk | undefined,
): Promise<T> {
  const bad = (why: string, cause?: unknown) =>
    new AppError('bad-input', `[${SPEAKER}] ${file}${why}`, cause);
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > LARGEST)
      throw bad(`: ${size} bytes are too many for ${what}; name a file of at most ${LARGEST}`);
    bytes = await readFile(file);
    onChunk?.(bytes);
  } catch (thrown) {
    throw readError(thrown, file, SPEAKER);
  }
  const text = decode(bytes, bad);
  const { LineCounter, parseAllDocuments } = await import('yaml');
  const lines = new LineCounter();
  let value: unknown;
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, schema: 'core' });
    const [document, second] = 'empty' in documents ? [] : documents;
    if (!document) throw bad(': the file is empty');
    if (second) throw bad(': one YAML document was expected, and there are more');
    const [error] = document.errors;
    if (error) throw bad(` line ${lines.linePos(error.pos[0]).line}: not YAML, ${error.code}`);
    value = document.toJS({ maxAliasCount: ALIASES });
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    // Too many aliases, or lists within lists until the stack ends.
    throw bad(': not YAML of a size that can be read: it nests or repeats itself too often', thrown);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw bad(`: not ${what}, ${problem(parsed.error)}`, parsed.error);
  return value as T;
}

function decode(bytes: Buffer, bad: (why: string) => AppError): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw bad(': this is not UTF-8; save the file as UTF-8 and name it again');
  }
}
