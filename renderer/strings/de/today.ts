import type { Catalogue } from '../catalogue.ts';
import { many, number } from './count.ts';

/** Today, and the words for what became of a suggestion. */
export const today: Pick<Catalogue, 'today' | 'states' | 'outcomes'> = {
  today: {
    title: 'Heute',
    counts: (shown, accepted, silent) =>
      `${number(shown)} gezeigt, ${number(accepted)} angenommen, ${number(silent)} Mal still geblieben`,
    nothingYet: 'Ihr Tag erscheint hier, sobald auf dem Desktop etwas geschieht.',
    loading: 'Der heutige Tag wird gelesen…',
    strip: 'Ihr Tag nach Apps',
    stripWalk: 'Pfeiltasten gehen von Abschnitt zu Abschnitt.',
    stripAway: 'abwesend oder nicht gesehen',
    stripTable: 'Tabelle',
    stripPicture: 'Tabelle ausblenden',
    stripColumns: { time: 'Zeit', app: 'App', lasted: 'Dauer' },
    other: 'Andere',
    waiting: 'Wartet auf Sie',
    waitingHint: 'zurückgehalten, während Sie tippten, oder verpasst',
    waitingEmpty: 'Nichts wartet. Stille ist der Normalfall.',
    shadowEmpty: 'Schattenmodus: Angebote sammeln sich hier still, keine Karte unterbricht Sie.',
    first: {
      watching: 'Es schaut zu. Noch wurde nichts vorgeschlagen.',
      waiting: 'Es ist bereit. Auf dem Desktop ist noch nichts geschehen.',
      paused: 'Es pausiert, darum wird nichts vorgeschlagen.',
      next: 'Machen Sie weiter wie sonst. Unten rechts kommt eine Karte, wenn sich etwas wiederholt oder stockt, in einer natürlichen Pause, höchstens einige Male am Tag.',
      nextShadow:
        'Machen Sie weiter wie sonst. Angebote sammeln sich hier ohne Karte, zum Durchsehen einmal am Tag.',
      tryIt: 'Um gleich eine zu sehen',
      steps: [
        'Suchen Sie im Browser nach etwas, das Sie wissen möchten.',
        'Suchen Sie innerhalb von zwei Minuten noch zweimal danach, mit anderen Worten.',
        'Nehmen Sie einen Augenblick die Hände von der Tastatur.',
      ],
      timeline: 'Sehen, was es sieht',
    },
    answered: 'Beantwortet',
    eager: 'Wie eifrig',
    eagerHint: 'gilt sofort',
    eagerLow: 'nur wenn sicher',
    eagerHigh: 'wann immer es helfen könnte',
    eagerAt: (percent) => `Meldet sich ab ${number(percent)} % Bedarf`,
    eagerNote: (cap, minutes) =>
      `höchstens ${number(cap)} am Tag, ${minutes === 0 ? 'keine Pause' : `${number(minutes)} min`} dazwischen`,
    costs: (calls, tokens, leaves) =>
      `Heute ${many(calls, 'Modellaufruf', 'Modellaufrufe')}, ${number(tokens)} Token, ${leaves ? 'an Ihren Endpunkt gesendet' : 'alles auf diesem Rechner'}`,
    mark: (state, task, time) => `${time}, ${state}: ${task}`,
    marks: (count, from, to) => `${from} bis ${to}: ${number(count)} Vorschläge`,
    more: (count, left) =>
      count === left
        ? `${number(count)} weitere zeigen`
        : `${number(count)} von ${number(left)} weiteren zeigen`,
    trail: 'Warum es sich meldete oder still blieb',
    trailEmpty: 'Heute ist noch kein Durchgang zu Ende.',
    trailHint: 'Jeder Durchgang endet mit einem Grund, der neueste steht oben.',
  },
  states: {
    held: 'zurückgehalten',
    shown: 'zu sehen',
    accepted: 'angenommen',
    rejected: 'abgelehnt',
    ignored: 'unbeachtet',
    snoozed: 'vertagt',
    expired: 'verfallen',
    withdrawn: 'zurückgezogen',
  },
  outcomes: {
    rule: 'nicht jetzt',
    gate: 'nicht sicher genug',
    judge: 'Sie würden ablehnen',
    silence: 'nichts anzubieten',
    policy: 'von Ihnen abgelehnt',
    proposal: 'angeboten',
    error: 'fehlgeschlagen',
  },
};
