import type { Catalogue } from '../catalogue.ts';
import { number } from './count.ts';

/** Studies. */
export const study: Catalogue['study'] = {
  label: 'Studie',
  about: 'Näheres',
  end: 'Beenden',
  endLabel: (title) => `Die Studie „${title}“ jetzt beenden`,
  broken: (why) => `Sie sammelt gerade nichts: ${why}`,
  receiver: 'Wer die Daten erhält',
  participant: 'Sie nehmen teil als',
  consent: 'Womit Sie einverstanden waren',
  byHand: 'Nichts wird von selbst gesendet. Sie sehen das Archiv an und geben es selbst weiter.',
  ended: 'Die Studie ist beendet',
  endedBody: (title) =>
    `„${title}“ ist soeben beendet worden, und Ihre Einstellungen sind wie zuvor. Was sie gesammelt hat, ist noch in Ihrem Protokoll.`,
  keep: 'Behalten',
  remove: 'Das Gesammelte löschen',
  handOver: 'Um es später weiterzugeben:',
  command: (id) => `beforehand study export --study ${id} --out ORDNER`,
  ask: 'Eine Frage der Studie',
  asks: (count) => (count === 1 ? 'Eine Frage der Studie' : `${number(count)} Fragen der Studie`),
  send: 'Antworten',
  skip: 'Überspringen',
  thanks: 'Danke, ist notiert.',
  textLabel: 'Ihre Worte',
};
