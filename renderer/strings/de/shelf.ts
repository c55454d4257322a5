import type { Catalogue } from '../catalogue.ts';
import { many, number } from './count.ts';

/** Der Bildschirm Modelle. */
export const shelf: Pick<Catalogue, 'shelf'> = {
  shelf: {
    machine: (memory: string, free: string | null, folder: string) =>
      `Dieser Rechner hat ${memory} Speicher${free === null ? '' : ` und ${free} frei auf dem Datenträger mit ${folder}`}.`,
    catalogue: 'Modelle',
    nothing:
      'Noch liegt kein Modell auf diesem Rechner. Muster schlagen auch ohne eines vor; ein Download dauert einige Minuten.',
    state: {
      loading: 'Die Modelldatei wird geprüft.',
      damaged:
        'Die Datei des Modells in Gebrauch ist beschädigt. Laden Sie es neu, oder nehmen Sie ein anderes.',
      missing:
        'Das Modell in Gebrauch liegt nicht auf diesem Rechner. Laden Sie es, oder nehmen Sie ein anderes.',
      failed: 'Das Modell in Gebrauch läuft nicht.',
    },
    tight: (needs: string, has: string) =>
      `Braucht ${needs} Speicher; drei Viertel der ${has} dieses Rechners darf ein Modell nehmen.`,
    stop: 'Anhalten',
    stopLabel: (title: string) => `Anhalten: Download von ${title}`,
    resume: 'Fortsetzen',
    resumeFrom: (part: string, all: string) => `Angehalten bei ${part} von ${all}; von dort geht es weiter.`,
    waiting: 'Wartet, solange das Modell für Sie arbeitet.',
    offline:
      'Was geladen wurde, bleibt. Prüfen Sie die Verbindung und setzen Sie fort, oder nennen Sie unten eine eigene Datei.',
    verify: 'Datei prüfen',
    verifyLabel: (title: string) => `Datei prüfen: ${title}`,
    verifying: (done: string, total: string) => `Prüft: ${done} von ${total}`,
    sound: (hash: string) => `In Ordnung: ihr Hash ${hash}… ist der, den sie haben muss.`,
    damaged:
      'Beschädigt: ihr Hash ist nicht der, den sie haben muss. Entfernen Sie sie und laden Sie sie neu.',
    missing: 'Die Datei ist fort: laden Sie sie neu.',
    bench: 'Tempo messen',
    benchLabel: (title: string) => `Tempo messen: ${title}`,
    benching: (done: number, total: number) => `Misst das Tempo: ${number(done)} von ${number(total)}`,
    benchStop: (title: string) => `Anhalten: Tempo von ${title}`,
    benchFailed: (why: string) => `Das Tempo konnte nicht gemessen werden: ${why}`,
    writes: 'Schreibt',
    reads: 'Liest',
    first: 'Erstes Wort',
    memory: 'Speicher',
    perSecond: (count: string) => `${count} Token/s`,
    measuredAt: (day: string, threads: number) => `gemessen ${day}, ${many(threads, 'Thread', 'Threads')}`,
    may: 'Darf sprechen',
    mayNot: 'Bleibt verborgen',
    showed: (moments: number, parsed: number, offers: number, fitting: number | null) =>
      `In ${number(moments)} erdachten Momenten waren ${number(parsed)} % seiner Antworten lesbar, es machte ${number(offers)} Angebote${fitting === null ? '' : `, und ${number(fitting)} % davon passten`}.`,
    unmeasured: 'Ob es von sich aus sprechen darf, wurde hier noch nicht gemessen.',
    remove: 'Entfernen',
    removeLabel: (title: string) => `Entfernen: ${title}, vom Datenträger`,
    removeAsk: (title: string) => `${title} entfernen?`,
    removeBody: (size: string) =>
      `Die Datei wird von diesem Rechner gelöscht, ${size} werden frei. Es kann wieder geladen werden.`,
    own: 'Eine eigene Datei',
    ownHint:
      'Eine GGUF-Datei, die schon auf diesem Rechner liegt. Sie wird geprüft, bevor sie genommen wird.',
    ownPath: 'Ganzer Pfad der GGUF-Datei',
    ownOf: 'Ihre Art',
    ownUse: 'Diese Datei nehmen',
    ownInUse: (file: string) => `In Gebrauch: ${file}`,
    ownBack: 'Datei des Katalogs nehmen',
    endpoint: 'Ein Endpunkt statt eines Modells hier',
    endpointHint:
      'Jedes Programm oder jeder Dienst im Chat-Format von OpenAI. Aus, solange Sie es nicht einschalten.',
    url: 'Adresse',
    model: 'Name des Modells',
    key: 'Schlüssel, falls verlangt',
    keyHeld: {
      keyring: 'Ein Schlüssel für diese Adresse liegt im Schlüsselbund des Systems.',
      file: 'Ein Schlüssel für diese Adresse liegt in einer Datei, die nur Sie lesen können.',
      environment: 'Der Schlüssel kommt aus BEFOREHAND_ENDPOINT_KEY.',
      none: 'Für diese Adresse ist kein Schlüssel aufbewahrt.',
    },
    keyForget: 'Schlüssel vergessen',
    save: 'Sichern',
    saved: 'Gesichert. Nichts wird gesendet, bis Sie es testen oder einschalten.',
    test: 'Mit einem erdachten Satz testen',
    testing: 'Fragt…',
    answered: (time: string, reply: string) => `Antwort nach ${time}: „${reply}“`,
    here: (host: string) =>
      `${host} ist dieser Rechner: nichts verlässt ihn, sofern jenes Programm nichts weitersendet.`,
    leaves: (host: string) =>
      `Eingeschaltet geht bei jedem Zug an ${host}: die letzten geschwärzten Sätze darüber, was Sie tun (Apps, Fenstertitel, Dateinamen, Kopiertes), und was Sie annehmen. Muster und Protokoll bleiben hier.`,
    plain: 'Die Adresse ist http: wer auf dem Weg liegt, kann mitlesen. Nehmen Sie https.',
    urlExample: 'https://host/v1',
    pathExample: '/…/model.gguf',
    badUrl: 'Eine Adresse sieht aus wie https://host/v1, ohne Namen, Passwort oder „?“.',
    turnOn: 'Einschalten',
    turnOnAsk: (host: string) => `An ${host} senden?`,
    on: 'ein',
    back: 'Zurück auf diesen Rechner',
  },
};
