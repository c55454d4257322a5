import { problem } from '../reading/json.ts';
import { type Choose, elementsOf } from '../reading/jsonElements.ts';
import { BucketEvent, BucketHead } from './activityWatch.ts';

/** Heads whole, events one by one. */
const choose: Choose = (path) => {
  const [top, id, name, at] = path;
  if (top !== undefined && top !== 'buckets') return 'take';
  if (id === undefined || name === undefined) return 'enter';
  if (name !== 'events') return 'take';
  return at === undefined ? 'enter' : 'take';
};

/** Checks an ActivityWatch export; how many events it holds. Rejects with the place where it is no JSON or breaks off. */
export async function checkBuckets(
  path: string,
  say: (sentence: string) => void,
  onBytes: (bytes: number) => void,
): Promise<number> {
  let events = 0;
  let bucket: string | number | undefined;
  let head: Record<string, unknown> = {};
  let begun = 0;
  const endHead = () => {
    if (bucket === undefined) return;
    const shape = BucketHead.safeParse(head);
    if (!shape.success) say(`${path} line ${begun}: not a bucket, ${problem(shape.error)}`);
    else if (shape.data.id !== bucket) say(`${path} line ${begun}: a bucket with another id than its name`);
  };
  for await (const element of elementsOf(path, choose, onBytes, 'export')) {
    const [top, id, name] = element.path;
    if (top !== 'buckets') {
      say(`${path} line ${element.line}: ${String(top)} is no part of an ActivityWatch export`);
      continue;
    }
    if (id !== bucket) {
      endHead();
      bucket = id;
      head = {};
      begun = element.line;
    }
    if (name !== 'events') head[String(name)] = element.value;
    else {
      events += 1;
      const event = BucketEvent.safeParse(element.value);
      if (!event.success) say(`${path} line ${element.line}: not an event, ${problem(event.error)}`);
    }
  }
  endHead();
  return events;
}
