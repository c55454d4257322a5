import type { Catalogue } from '../catalogue.ts';
import { many, number } from './count.ts';

/** The timeline. */
export const timeline: Pick<Catalogue, 'timeline'> = {
  timeline: {
    title: 'Verlauf',
    search: 'Alles durchsuchen, was es gesehen hat',
    list: 'Beobachtungen, neueste zuerst',
    empty: 'Noch wurde nichts beobachtet.',
    emptyHint: 'Wechseln Sie das Fenster oder kopieren Sie etwas: Binnen einer Sekunde steht es hier.',
    none: (text) => `Nichts passt zu „${text}“.`,
    onlyApp: (app) => `Nur ${app}`,
    clearApp: 'Alle Apps zeigen',
    clear: 'Suche leeren',
    loading: 'Wird geladen…',
    failed: 'Der Verlauf konnte nicht gelesen werden.',
    selected: (count) => `${number(count)} ausgewählt`,
    delete: 'Löschen',
    unselect: 'Auswahl aufheben',
    select: (sentence) => `Auswählen: ${sentence}`,
    selectHour: 'Diese Stunde auswählen',
    observations: (count) => many(count, 'Beobachtung', 'Beobachtungen'),
    forgot: (count) => `${many(count, 'Beobachtung', 'Beobachtungen')} vergessen.`,
    forget: 'Vergessen…',
    forgetApp: (app) => `Alles aus ${app} vergessen`,
    forgetSite: (site) => `Alles von ${site} vergessen`,
    onCopies: (count) =>
      `${many(count, 'früher angelegte Kopie enthält', 'früher angelegte Kopien enthalten')} es noch: siehe Einstellungen, Ihre Daten.`,
    exclude: (app) => `${app} nicht mehr lesen`,
    excluded: (app) => `Von ${app} bleiben jetzt nur Name und Dauer.`,
    forgetRange: 'Einen Zeitraum vergessen',
    from: 'Von',
    to: 'Bis',
    ranges: { 15: 'Letzte 15 Minuten', 60: 'Letzte Stunde', 0: 'Heute' },
    rangeWrong: 'Das Ende muss nach dem Anfang liegen.',
    cascade:
      'Endgültig gelöscht, samt den Ereignissen dahinter und jedem Vorschlag, jeder Antwort und Rückmeldung, die sie gesehen haben.',
    deleteAsk: (count) => `${many(count, 'Beobachtung', 'Beobachtungen')} löschen?`,
    appAsk: (app) => `Alles aus ${app} vergessen?`,
    dropped: (count) => `${number(count)} verworfen seit dem Start`,
    droppedHint: 'Gezählt mit dem Grund, nie behalten',
    noApp: 'Desktop',
    appMenu: (app) => `Aktionen für ${app}`,
    more: 'Alle zeigen',
    less: 'Weniger zeigen',
    back: 'Neueste',
  },
};
