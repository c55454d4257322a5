import type { Catalogue } from '../catalogue.ts';
import { many, number, signed } from './count.ts';

/** A rough number: one decimal below ten, and none where it would be a nought. */
const about = (count: number) => number(count, count >= 10 ? 0 : 1, 0);
const between = (low: number, high: number) => `${about(low)} bis ${about(high)}`;

/** Learning from the answers: digest, reward model, what-if, mutes, receipts, holds. */
export const learning: Catalogue['learning'] = {
  digest: {
    title: 'Rückblick',
    waiting: (count) => `${many(count, 'Moment', 'Momente')} zu beurteilen, etwa eine Minute`,
    hint: {
      shadow: 'Still angeboten, während Sie arbeiteten. Ihre Antwort lehrt, was wann anzubieten ist.',
      audit: 'Zufällig aus stillen Momenten gezogen, damit auch gelernt wird, was entgeht.',
    },
    begin: 'Jetzt beurteilen',
    done: (count) => `Alles erledigt: heute ${many(count, 'Antwort', 'Antworten')}.`,
    of: (at, count) => `${number(at)} von ${number(count)}`,
    saw: 'Was gerade geschehen war',
    offered: 'Das hätte es angeboten',
    silent: 'Es blieb still',
    takeIt: 'Hätten Sie es angenommen?',
    needed: 'Wäre Hilfe hier willkommen gewesen?',
    yes: 'Ja',
    no: 'Nein',
    skip: 'Überspringen',
    close: 'Später',
    failed: 'Der Rückblick konnte nicht gelesen werden.',
  },
  short: {
    title: 'Lernen',
    right: 'richtig bei Antworten, die es nicht kannte',
    was: (before, answers) =>
      `${before} im Lieferzustand; aus ${many(answers, 'Antwort', 'Antworten')} gelernt`,
    answers: (count) => (count === 1 ? 'Antwort bisher' : 'Antworten bisher'),
    few: 'Das mitgelieferte Modell urteilt, bis es daraus gelernt hat.',
    label: (count) => `${many(count, 'Moment', 'Momente')} beurteilen`,
    nothing: 'Heute ist nichts zu beurteilen.',
    compare: 'Vergleichen',
  },
  card: {
    title: 'Was Ihre Antworten gelehrt haben',
    lead: 'P(angenommen) beginnt beim mitgelieferten Modell und verschiebt sich mit Ihren eigenen Antworten, nur auf diesem Rechner.',
    answers: (learnable) =>
      learnable === 0
        ? 'Noch keine Antworten: Es gilt das mitgelieferte Modell.'
        : `Bisher ${many(learnable, 'Antwort', 'Antworten')}`,
    labels: 'Antworten nach Art',
    none: 'noch keine',
    train: 'Neu lernen',
    training: 'Lernt…',
    take: 'Verwenden',
    takeLabel: (name) => `${name} verwenden`,
    inUse: 'in Gebrauch',
    shipped: 'mitgeliefert',
    version: (at) => `vom ${at}`,
    columns: {
      name: 'Fassung',
      learnt: 'Gelernt aus',
      accuracy: 'Trefferquote',
      auc: 'AUC',
      logLoss: 'Log-Verlust',
      bias: 'Neigung',
    },
    here: 'hier',
    beside: 'mitgeliefert',
    majority: 'immer das Häufigere',
    heldBack: (count) =>
      `An ${many(count, 'Antwort', 'Antworten')} von Ihnen, aus denen es nicht gelernt hat.`,
    noFigures: 'zu wenige Antworten zum Messen',
    leaning: (bias) => (Math.abs(bias) < 0.05 ? '0' : signed(bias)),
    leaningWords: (bias) =>
      Math.abs(bias) < 0.05
        ? 'wie andere'
        : bias > 0
          ? 'Sie sagen öfter Ja als andere'
          : 'Sie sagen öfter Nein als andere',
    places: 'Wo Sie abweichen',
    place: (name, bias) => `${name} ${signed(bias)}`,
    explain:
      'AUC: wie gut Ja und Nein unterschieden werden; 0,5 ist Zufall, 1 ist vollkommen. Log-Verlust: weniger ist besser. Neigung: was Sie zu jedem Wert hinzufügen, in Log-Odds.',
    model: 'Das mitgelieferte Modell',
    failed: 'Die Karte des Bewertungsmodells konnte nicht gelesen werden.',
    off: 'Lernen ist in den Einstellungen ausgeschaltet.',
  },
  whatIf: {
    loading: 'Ihre letzten Wochen werden durchgesehen…',
    none: 'Was dies bewirkt hätte, steht hier, sobald einige Tage aufgezeichnet sind.',
    days: (days) => `In Ihren letzten ${many(days, 'Tag', 'Tagen')}:`,
    says: (shown, accepted, missed) =>
      `${about(shown)} gezeigt, etwa ${about(accepted)} angenommen, etwa ${about(missed)} Mal Hilfe versäumt`,
    spread: (accepted, missed) =>
      `angenommen ${between(accepted[0]!, accepted[2]!)}, versäumt ${between(missed[0]!, missed[2]!)}`,
    table: 'Der ganze Regler',
    columns: { at: 'Regler', shown: 'Gezeigt', accepted: 'Angenommen', missed: 'Versäumt' },
    now: 'jetzt',
    interval: '90 %',
    failed: 'Ihre letzten Wochen konnten nicht durchgespielt werden.',
  },
  mutes: {
    title: 'Dauerhaft stumm',
    hint: 'Wird nie wieder angeboten, was immer der Regler sagt.',
    empty: 'Nichts ist stummgeschaltet.',
    whats: { topic: 'Thema', kind: 'Art', app: 'App' },
    remove: 'Wieder zulassen',
    removeLabel: (name) => `${name} wieder zulassen`,
    mute: 'Nie wieder',
    choices: {
      topic: 'Nichts zu diesem Thema',
      kind: 'Nichts dieser Art',
      app: 'Nichts in dieser App',
    },
    muted: 'Dauerhaft stumm. Die Liste steht unter Einstellungen, Vorschläge.',
    failed: 'Die Liste der Stummschaltungen konnte nicht gelesen werden.',
  },
  holds: {
    title: 'Jede Karte zurückhalten',
    hint: 'Solange eines davon gilt, warten Vorschläge, und nichts meldet sich.',
    says: (why) => `gerade keine Karten: ${why}`,
    fullScreen: 'Im Vollbild',
    meetings: 'In einer Besprechung',
    sharing: 'Während der Bildschirm geteilt wird',
    battery: 'Im Akkubetrieb ruht das Modell',
    batteryHint: 'Vorschläge, die kein Modell brauchen, kommen weiter.',
  },
  learn: {
    title: 'Aus meinen Antworten lernen',
    hint: 'Auf diesem Rechner; ausgeschaltet gilt nur das mitgelieferte Modell.',
  },
  audit: {
    title: 'Nach stillen Momenten fragen',
    hint: 'Einer von so vielen stillen Momenten kommt in den Rückblick, zufällig gezogen: Sonst weiß niemand, was entgeht.',
    choices: { '0': 'Nie', '0.015': '1 von 67', '0.03': '1 von 33' },
  },
  receipts: {
    title: 'Was es gekostet hat',
    open: 'Tag für Tag',
    empty: 'Noch ist kein Tag aufgezeichnet.',
    columns: {
      day: 'Tag',
      turns: 'Nachgesehen',
      skipped: 'Ohne Modell',
      inferences: 'Modellaufrufe',
      tokens: 'Gelesene Token',
      naive: 'Ohne Wiederverwendung',
      written: 'Geschrieben',
      seconds: 'Sekunden',
      joules: 'Joule',
    },
    unknown: 'unbekannt',
    failed: 'Die Belege konnten nicht gelesen werden.',
  },
  score: (percent, threshold) =>
    `Zu ${number(percent)} % nehmen Sie es jetzt an; gesprochen wird ab ${number(threshold)} %`,
  ownScore: 'Chance, dass Sie annehmen',
};
