import type { Catalogue } from '../catalogue.ts';

/** Tools of MCP servers, and sharing with MCP clients. */
export const mcp: Catalogue['mcp'] = {
  hint: 'jeder Aufruf wird erst gezeigt und nur ausgeführt, wenn Sie annehmen',
  none: 'Kein Server wurde hinzugefügt. Im Terminal: beforehand mcp add NAME PROGRAMM',
  server: (name) => `Den Server ${name} verwenden`,
  look: 'Werkzeuge ansehen',
  lookAt: (name) => `Die Werkzeuge von ${name} ansehen`,
  looking: 'Wird gestartet…',
  states: {
    off: 'aus',
    idle: 'in Ruhe',
    starting: 'startet',
    ready: 'läuft',
    failed: 'fehlgeschlagen',
  },
  tools: (name) => `Werkzeuge von ${name}`,
  noTools: 'Er hat keine Werkzeuge.',
  allow: (tool, server) => `Vorschläge dürfen ${tool} von ${server} verwenden`,
  takes: (names) => (names.length === 0 ? 'braucht keine Angaben' : `erhält ${names.join(', ')}`),
  saysNothing: 'Es sagt nichts über sich.',
  says: 'sagt über sich:',
  changed:
    'Seit Ihrer Erlaubnis verändert und deshalb nicht in Gebrauch. Lesen Sie es noch einmal, und erlauben Sie es, wenn es noch das ist, was Sie möchten.',
  gone: 'Der Server hat es nicht mehr.',
  share: 'MCP-Clients lesen lassen',
  shareHint:
    'Programme, die Sie dafür einrichten, dürfen jüngste Beobachtungen und Vorschläge lesen, nie ändern: beforehand mcp serve',
};
