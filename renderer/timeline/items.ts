import type { Observation } from '../../src/model/observation.ts';
import { startOfHour } from '../ui/format.ts';

/** One line of the virtual list. `app` names the app where it differs from the line above. */
export type Item =
  | { readonly type: 'hour'; readonly at: number; readonly ids: readonly string[] }
  | { readonly type: 'row'; readonly row: Observation; readonly app: boolean };

/** Groups newest-first observations by hour, and within an hour by app. */
export function itemsOf(rows: readonly Observation[]): readonly Item[] {
  const items: Item[] = [];
  let hour: { type: 'hour'; at: number; ids: string[] } | undefined;
  let app: string | undefined | null = null;
  for (const row of rows) {
    const at = startOfHour(row.time);
    if (!hour || hour.at !== at) {
      hour = { type: 'hour', at, ids: [] };
      items.push(hour);
      app = null;
    }
    hour.ids.push(row.id);
    items.push({ type: 'row', row, app: row.app !== app });
    app = row.app;
  }
  return items;
}
