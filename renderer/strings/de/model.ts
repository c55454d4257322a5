import type { Catalogue } from '../catalogue.ts';
import { number } from './count.ts';

/** What a model may do: propose by itself, and write what was asked for. */
export const model: Catalogue['model'] = {
  larger: 'Ein größeres Modell wählen',
  tooSmall: 'zu klein, um Antworten zu schreiben',
  measure: 'Jetzt messen',
  measureHint: 'Braucht einige Minuten bei voller Last; Karten warten so lange.',
  measuring: (done, total) => `Misst: ${number(done)} von ${number(total)} Momenten`,
  measured: (what) => `Gemessen. ${what}`,
  failed: (why) => `Die Messung ist fehlgeschlagen: ${why}`,
};
