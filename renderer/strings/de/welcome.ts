import type { Catalogue } from '../catalogue.ts';
import { number } from './count.ts';

/** The first run. */
export const welcome: Pick<Catalogue, 'welcome'> = {
  welcome: {
    steps: ['Was es tut', 'Quellen', 'Modell', 'Start'],
    step: (at, of) => `Schritt ${number(at)} von ${number(of)}`,
    title: 'Hilfe, bevor Sie fragen.',
    lead: 'Beforehand beobachtet, was auf diesem Desktop geschieht, nur auf diesem Rechner, und bietet eine kleine Aufgabe an, wenn es recht sicher ist, dass sie hilft.',
    does: 'Das tut es',
    doesList: [
      'Eine wiederholte Suche, einen kopierten Fehler, ein langes Dokument bemerken',
      'Eine natürliche Pause abwarten, bevor es etwas sagt',
      'Aus jedem Annehmen, Ablehnen und Schweigen lernen',
    ],
    never: 'Das tut es nie',
    neverList: [
      'Etwas von diesem Rechner senden, solange Sie keinen Endpunkt hinzufügen',
      'Passwörter oder gekennzeichnete Geheimnisse behalten oder was Sie tippen, es sei denn, Sie wählen Apps dafür',
      'Ohne Ihren Klick handeln',
    ],
    sources: 'Wählen Sie, was es sehen darf',
    sourcesLead: 'Jede Zeile unten stammt soeben aus der echten Schwärzung.',
    model: 'Wählen Sie ein Modell',
    modelLead:
      'Nach dem Speicher dieses Rechners. Muster arbeiten auch ohne; Sie können es jederzeit ändern.',
    modelFetching: 'Es lädt, während Sie weitergehen, und wird genommen, sobald es vollständig ist.',
    modelReady: 'Das Modell in Gebrauch liegt auf diesem Rechner. Weiter.',
    modelNone:
      'Zum Anfangen ist kein Modell nötig: Muster schlagen auch ohne eines vor. Laden Sie jetzt oder später eines, unter Modelle.',
    ill: 'Eine Quelle läuft noch nicht; die anderen laufen, und Sie können anfangen.',
    start: 'Wie soll es beginnen?',
    live: 'Live',
    liveBody: 'Eine kleine Karte in einem ruhigen Moment. Höchstens ein paar am Tag.',
    shadow: 'Schatten',
    shadowBody: 'Keine Unterbrechungen. Angebote sammeln sich unter „Heute“, bis Sie nachsehen.',
    next: 'Weiter',
    back: 'Zurück',
    begin: 'Beobachten starten',
    key: 'Das Protokoll ist verschlüsselt; der Schlüssel liegt in einer Datei, weil kein Schlüsselbund des Systems gefunden wurde.',
  },
};
