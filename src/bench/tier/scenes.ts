import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { contentWords } from '../../model/topic.ts';

/** One made-up moment: what happened, oldest first, whether help is wanted, and what an offer must speak of. */
export const Scene = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    need: z.boolean(),
    events: z.array(z.string().min(5).max(400)).min(2).max(20),
    /** Beginnings of words, lower case: of each group one must stand in the task. */
    wanted: z.array(z.array(z.string().min(2)).min(1)),
  })
  .refine(
    ({ need, wanted }) => need === wanted.length > 0,
    'what is wanted is told where help is, and only there',
  );
export type Scene = z.infer<typeof Scene>;

/** Our own scenes: written for this, none of them taken from anybody's day or data. */
export const SceneFile = z.object({ version: z.string().max(64), scenes: z.array(Scene).min(30) });
export type SceneFile = z.infer<typeof SceneFile>;

/** Reads the scenes. Throws `unreadable`. */
export function readScenes(file: string): SceneFile {
  try {
    return SceneFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    throw new AppError(
      'unreadable',
      `[models] the scenes ${file} cannot be read; install the program again`,
      thrown,
    );
  }
}

/** Words with which a task begins that tells what the person does and offers nothing. */
const NARRATES = /^\s*(?:the |this )?(?:user|person)\b/i;
/** More shared words than this with one sentence, and the task is that sentence again. */
const COPIED = 0.8;

/**
 * Whether a task fits a scene: it speaks of what is wanted there, does not tell what the person does, and is no sentence of
 * the scene said again. A test of words, in English, which a good task passes and empty talk does not; no judge of style.
 */
export function fits(task: string, scene: Pick<Scene, 'events' | 'wanted'>): boolean {
  if (NARRATES.test(task)) return false;
  const words = task.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const stems = contentWords(task);
  // A bare noun is the topic, not yet a task.
  if (stems.length < 2) return false;
  const copied = scene.events.some((event) => {
    const there = new Set(contentWords(event));
    const shared = stems.filter((stem) => there.has(stem)).length;
    return shared / stems.length > COPIED && shared / there.size > COPIED;
  });
  return (
    !copied &&
    scene.wanted.every((group) => group.some((stem) => words.some((word) => word.startsWith(stem))))
  );
}

/** Tasks that are said at more than a tenth of the scenes, in the same words: whoever says one to all fits none. */
export function repeated(tasks: readonly string[], scenes: number): ReadonlySet<string> {
  const counts = Map.groupBy(tasks, (task) => contentWords(task).toSorted().join(' '));
  return new Set([...counts].flatMap(([, same]) => (same.length > Math.max(2, scenes / 10) ? same : [])));
}
