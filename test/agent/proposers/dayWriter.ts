import type { Random } from '../../../src/bench/random.ts';
import type { Event } from '../../../src/model/event.ts';
import { newId } from '../../../src/model/id.ts';

/** Ten past eight of the days that are written for the patterns: no other test begins then. */
const BEGINS = Date.UTC(2026, 9, 14, 8, 10);

/** The programs of one person, by what they are for; several desktops name them differently. */
interface Desk {
  readonly browser: { readonly app: string; readonly ends: string };
  readonly office: { readonly app: string; readonly ends: string };
  readonly reader: string;
  readonly terminal: string;
  readonly editor: { readonly app: string; readonly ends: string };
  readonly mail: { readonly app: string; readonly ends: string };
  readonly files: string;
  readonly engine: string;
}

const DESKS: readonly Desk[] = [
  {
    browser: { app: 'firefox', ends: ' — Mozilla Firefox' },
    office: { app: 'soffice', ends: ' — LibreOffice Writer' },
    reader: 'evince',
    terminal: 'gnome-terminal-server',
    editor: { app: 'code', ends: ' - Visual Studio Code' },
    mail: { app: 'thunderbird', ends: ' - Mozilla Thunderbird' },
    files: 'org.gnome.Nautilus',
    engine: ' at DuckDuckGo',
  },
  {
    browser: { app: 'Google-chrome', ends: ' - Google Chrome' },
    office: { app: 'libreoffice-writer', ends: ' - LibreOffice Writer' },
    reader: 'okular',
    terminal: 'konsole',
    editor: { app: 'codium', ends: ' - VSCodium' },
    mail: { app: 'thunderbird-esr', ends: ' - Thunderbird' },
    files: 'dolphin',
    engine: ' - Google Search',
  },
  {
    browser: { app: 'msedge.exe', ends: ' - Personal - Microsoft​ Edge' },
    office: { app: 'WINWORD.EXE', ends: ' - Word' },
    reader: 'SumatraPDF.exe',
    terminal: 'WindowsTerminal.exe',
    editor: { app: 'Code.exe', ends: ' - Visual Studio Code' },
    mail: { app: 'thunderbird.exe', ends: ' - Mozilla Thunderbird' },
    files: 'explorer.exe',
    engine: ' - Search',
  },
];

/** Writes the events of one person's day, one act after another; every act takes a little time of its own. */
export interface DayWriter {
  readonly events: Event[];
  readonly desk: Desk;
  now(): number;
  /** A number between the two, whole. */
  between(least: number, most: number): number;
  one<T>(items: readonly T[]): T;
  /** Some of them, in an order of the day's own. */
  some<T>(items: readonly T[], count: number): readonly T[];
  chance(share: number): boolean;
  /** Seconds pass. */
  pass(least: number, most?: number): void;
  window(app: string, title: string): void;
  page(title: string): void;
  search(query: string): void;
  /** A file open for writing: of an office program where it is one of theirs, else of the editor. */
  file(name: string, project?: string): void;
  /** Words typed into the window in front. */
  type(
    words: number,
    more?: { readonly text?: string; readonly chords?: readonly Chord[]; readonly corrections?: number },
  ): void;
  copy(text: string): void;
  changed(
    action: 'created' | 'modified' | 'renamed' | 'deleted',
    name: string,
    folder: string,
    from?: string,
  ): void;
  away(minutes: number): void;
}

type Chord = 'save' | 'copy' | 'paste' | 'undo' | 'find' | 'enter';

const OFFICE = /\.(?:docx?|odt|rtf|xlsx?|ods|pptx?)$/;
const BINARY = /\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|zip|jpe?g|png)$/;

/** A day on a desk of its own. */
export function writeDay(random: Random): DayWriter {
  const events: Event[] = [];
  let at = BEGINS;
  let app: string | undefined;
  const one = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const desk = one(DESKS);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const base = (monitor: string) => ({ id: newId(at), at, duration: 0, monitor });
  const day: DayWriter = {
    events,
    desk,
    now: () => at,
    between,
    one,
    some: (items, count) =>
      items
        .map((item) => ({ item, rank: random() }))
        .sort((a, b) => a.rank - b.rank)
        .slice(0, count)
        .map(({ item }) => item),
    chance: (share) => random() < share,
    pass: (least, most = least) => void (at += between(least, most) * 1000),
    window(name, title) {
      app = name;
      events.push({ ...base('window'), app, kind: 'window', data: { title } });
      day.pass(2, 6);
    },
    page: (title) => day.window(desk.browser.app, `${title}${desk.browser.ends}`),
    search(query) {
      day.page(`${query}${desk.engine}`);
    },
    file(name, project) {
      const where = OFFICE.test(name) ? desk.office : desk.editor;
      const ends = /\.(?:xlsx?|ods)$/.test(name)
        ? where.ends.replace('Writer', 'Calc').replace('Word', 'Excel')
        : where.ends;
      day.window(
        ends.includes('Excel') ? 'EXCEL.EXE' : where.app,
        `${name}${project && where === desk.editor ? ` - ${project}` : ''}${ends}`,
      );
    },
    type(words, { text, chords = [], corrections = 0 } = {}) {
      const event = { ...base('keyboard'), ...(app && { app }), kind: 'keyboard' as const };
      const keys = words * between(5, 7) + chords.length;
      events.push({
        ...event,
        data: { keys, words, corrections, chords: [...chords], ...(text && { text }) },
      });
      day.pass(Math.max(2, Math.round(words * 0.9)));
    },
    copy(text) {
      const words = text.trim().split(/\s+/).length;
      events.push({
        ...base('clipboard'),
        ...(app && { app }),
        kind: 'clipboard',
        data: { content: 'text', size: text.length, words, text },
      });
      day.pass(1, 4);
    },
    changed(action, name, folder, from) {
      const type = name.split('.').at(-1)!;
      const data = {
        action,
        name,
        folder,
        type,
        size: 4000,
        binary: BINARY.test(name),
        ...(from && { from }),
      };
      events.push({ ...base('files'), kind: 'file', data });
    },
    away(minutes) {
      events.push({ ...base('idle'), kind: 'afk', data: { status: 'afk' } });
      at += minutes * 60_000;
      events.push({ ...base('idle'), kind: 'afk', data: { status: 'not-afk' } });
      day.pass(3, 9);
    },
  };
  return day;
}

/** Things done beside what matters: none of them asks for help. */
export function idle(day: DayWriter): void {
  const act = day.one([
    () => day.window(day.desk.mail.app, `Inbox - mara@example.org${day.desk.mail.ends}`),
    () => day.window('Element', `${day.one(['Ines', 'Book club', '#garden'])} | Element`),
    () => day.window('spotify', day.one(['Spotify Premium', 'Evening Jazz - Trio Lund'])),
    () => day.window(day.desk.files, day.one(['Home', 'Documents', 'Pictures'])),
    () => day.page(day.one(['New Tab', 'Weather in Ghent', 'Radio live', 'Front page - Morning Post'])),
    () => day.window('org.gnome.Calculator', 'Calculator'),
  ]);
  act();
  day.pass(8, 70);
  if (day.chance(0.2)) day.type(day.between(2, 9), { chords: ['enter'] });
}
