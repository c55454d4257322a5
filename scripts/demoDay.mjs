// Writes src/assets/demo/day.jsonl: one invented working day of an invented person, for `npm start -- --demo`.
// Deterministic: the same day every time. Run: node scripts/demoDay.mjs
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const midnight = Date.UTC(2026, 2, 10);
const minute = 60_000;

const apps = {
  code: 'Code',
  web: 'Chromium',
  shell: 'Xfce4-terminal',
  files: 'Thunar',
  writer: 'libreoffice-writer',
  mail: 'thunderbird',
  pdf: 'Evince',
  chat: 'Element',
};

const events = [];
let now = midnight;
let front = apps.code;

/** Time-ordered like UUID version 7, with a counter where the random bits would be. */
function id(at) {
  const time = at.toString(16).padStart(12, '0');
  const number = events.length.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7de0-8da7-${number}`;
}

function put(kind, monitor, seconds, data, app) {
  const duration = Math.round(seconds * 1000);
  events.push({ id: id(now), at: now, duration, monitor, ...(app ? { app } : {}), kind, data });
  now += duration;
}

/** Sets the clock, never back. */
function at(time) {
  const [hours, minutes, seconds = 0] = time.split(':').map(Number);
  const next = midnight + (hours * 60 + minutes) * minute + seconds * 1000;
  if (next < now) throw new Error(`the day goes back at ${time}`);
  now = next;
}

/** Lets `seconds` pass in which nothing is recorded. */
function wait(seconds) {
  now += seconds * 1000;
}

/** A window the user looks at for so long before anything else is recorded; it stays in front until the next one. */
function see(app, title, seconds = 5) {
  front = app;
  put('window', 'window', seconds, { title }, app);
}

/** A window that keeps app and duration only. */
function veil(app, seconds) {
  front = app;
  put('window', 'window', seconds, {}, app);
}

function type(words, seconds, chords = [], corrections = Math.round(words / 6)) {
  put(
    'keyboard',
    'keyboard',
    seconds,
    { keys: Math.round(words * 5.6) + chords.length, words, corrections, chords },
    front,
  );
}

/** Keys that are no words: paging, arrows. */
function keys(number, seconds, chords = []) {
  put('keyboard', 'keyboard', seconds, { keys: number, words: 0, corrections: 0, chords }, front);
}

function copy(text) {
  const words = text.split(/\s+/).filter(Boolean).length;
  put('clipboard', 'clipboard', 0, { content: 'text', size: text.length, words, text }, front);
  wait(1);
}

function copyOther(content, size) {
  put('clipboard', 'clipboard', 0, { content, size }, front);
  wait(1);
}

const types = { py: 'python', md: 'markdown', odt: 'odt', jpg: 'jpg', csv: 'csv', pdf: 'pdf', png: 'png' };

function file(action, folder, name, size, from) {
  const type = types[name.split('.').at(-1)] ?? 'other';
  const binary = ['odt', 'jpg', 'pdf', 'png'].includes(type);
  put('file', 'files', 0, { action, name, folder, ...(from ? { from } : {}), type, size, binary });
  wait(1);
}

function away(from, until) {
  at(from);
  put('afk', 'idle', 0, { status: 'afk' });
  at(until);
  put('afk', 'idle', 0, { status: 'not-afk' });
}

const inbox = 'Inbox - [EMAIL_1] - Mozilla Thunderbird';
const script = 'merge_stations.py - bike-counts - Visual Studio Code';
const report = 'Station report 2025.odt — LibreOffice Writer';
const counts = 'Station counts 2025.pdf — Station counts 2025: tables and remarks';
const survey = 'Cycle network survey 2025.pdf — Cycle network survey 2025: counts, safety and satisfaction';
const google = (query) => `${query} - Google Search - Chromium`;

/**
 * Each window lasts until another one comes, the user leaves or watching stops: typing, copying and saving happen in
 * it. It is what the heartbeats of the live monitor add up to.
 */
function lasting(day) {
  const ends = (event) => ['window', 'capture'].includes(event.kind) || event.data.status === 'afk';
  return day.map((event, place) => {
    if (event.kind !== 'window') return event;
    const next = day.slice(place + 1).find(ends);
    return { ...event, duration: Math.max(event.duration, (next?.at ?? event.at) - event.at) };
  });
}

// 09:00 Mail. Routine: nobody needs help here.
at('09:00');
put('capture', 'capture', 0, { state: 'started' });
put('afk', 'idle', 0, { status: 'not-afk' });
see(apps.mail, inbox, 70);
see(apps.mail, 'Re: Station list for March - Mozilla Thunderbird', 45);
see(apps.mail, 'Write: Re: Station list for March - Mozilla Thunderbird', 10);
type(42, 70, ['enter']);
see(apps.mail, inbox, 50);
see(apps.mail, 'Invitation: Data meeting, 14:30 - Mozilla Thunderbird', 20);
see(apps.mail, inbox, 60);
see(apps.chat, '#bike-data | Element', 40);
type(14, 20, ['enter']);
see(apps.chat, 'Jonas | Element', 30);
type(9, 12, ['enter']);
see(apps.mail, inbox, 40);
see(apps.mail, 'Write: Lunch on Thursday? - Mozilla Thunderbird', 5);
type(28, 45, ['enter']);

// 09:20 Steady programming. Nobody needs help here either.
at('09:20');
see(apps.code, 'README.md - bike-counts - Visual Studio Code', 40);
see(apps.code, script, 30);
type(36, 90);
type(22, 60, ['save']);
file('modified', 'bike-counts', 'merge_stations.py', 3120);
see(apps.shell, 'Terminal - [USER]@desk: ~/bike-counts', 25);
type(6, 8, ['enter']);
see(apps.code, script, 40);
type(31, 80);
type(18, 45, ['save']);
file('modified', 'bike-counts', 'merge_stations.py', 3344);
see(apps.code, 'stations.csv - bike-counts - Visual Studio Code', 50);
see(apps.code, script, 30);
type(27, 75, ['undo']);
type(19, 50, ['save']);
file('modified', 'bike-counts', 'merge_stations.py', 3502);
see(apps.shell, 'Terminal - [USER]@desk: ~/bike-counts', 20);
type(5, 6, ['enter']);

// 09:45 (a) The same question asked of the web three times.
at('09:45');
see(apps.web, 'New Tab - Chromium', 4);
type(5, 6, ['enter']);
see(apps.web, google('pandas merge nearest timestamp'), 22);
see(apps.web, 'pandas.merge — pandas 2.2.3 documentation - Chromium', 48);
see(apps.web, google('pandas merge nearest timestamp'), 6);
type(6, 7, ['enter']);
see(apps.web, google('pandas join two tables by nearest timestamp'), 20);
see(apps.web, 'python - Join two dataframes on closest date - Stack Overflow - Chromium', 35);
see(apps.web, google('pandas join two tables by nearest timestamp'), 5);
type(7, 8, ['enter']);
see(apps.web, google('pandas merge by nearest timestamp within tolerance'), 25);
see(apps.code, script, 20);
see(apps.web, 'pandas.merge_asof — pandas 2.2.3 documentation - Chromium', 90);
copy("pd.merge_asof(left, right, on='time', tolerance=pd.Timedelta('10min'), direction='nearest')");
see(apps.code, script, 15);
type(24, 60, ['paste', 'save'], 6);
file('modified', 'bike-counts', 'merge_stations.py', 3760);

// 10:00 (b) An error from the terminal, copied and searched.
at('10:00');
see(apps.shell, 'Terminal - [USER]@desk: ~/bike-counts', 15);
type(4, 5, ['enter']);
wait(9);
copy('ValueError: left keys must be sorted');
see(apps.web, 'New Tab - Chromium', 3);
keys(2, 2, ['paste', 'enter']);
see(apps.web, google('ValueError: left keys must be sorted'), 30);
see(apps.web, 'python - merge_asof: left keys must be sorted - Stack Overflow - Chromium', 75);
copy("df = df.sort_values('time').reset_index(drop=True)");
see(apps.code, script, 10);
type(11, 30, ['paste', 'save'], 4);
file('modified', 'bike-counts', 'merge_stations.py', 3818);
see(apps.shell, 'Terminal - [USER]@desk: ~/bike-counts', 12);
type(4, 5, ['enter']);
wait(20);
file('created', 'bike-counts', 'merged_2025.csv', 184_220);
see(apps.code, 'merged_2025.csv - bike-counts - Visual Studio Code', 70);
see(apps.code, script, 20);
type(33, 90, ['save']);
file('modified', 'bike-counts', 'merge_stations.py', 4102);
see(apps.shell, 'Terminal - [USER]@desk: ~/bike-counts', 20);
type(9, 14, ['enter']);
type(7, 11, ['enter']);
away('10:22', '10:34');

// 10:34 Back: a look at chat and mail.
see(apps.chat, '#bike-data | Element', 45);
type(21, 30, ['enter']);
see(apps.mail, inbox, 90);
see(apps.mail, 'Photos of the new stations - Mozilla Thunderbird', 40);
file('created', 'Station photos', 'IMG_2041.jpg', 2_811_040);
for (const number of [2042, 2043, 2044, 2045, 2046, 2047, 2048])
  file('created', 'Station photos', `IMG_${number}.jpg`, 2_600_000 + number * 37);
see(apps.files, 'Downloads - Thunar', 15);

// 10:45 (c) Photos renamed one by one; five are left.
at('10:45');
see(apps.files, 'Station photos - Thunar', 25);
type(3, 8, ['enter']);
file('renamed', 'Station photos', 'station-01.jpg', 2_811_040, 'IMG_2041.jpg');
wait(14);
type(3, 7, ['enter']);
file('renamed', 'Station photos', 'station-02.jpg', 2_675_554, 'IMG_2042.jpg');
wait(11);
type(3, 7, ['enter']);
file('renamed', 'Station photos', 'station-03.jpg', 2_675_591, 'IMG_2043.jpg');
wait(40);
veil('KeePassXC', 35);
put('dropped', 'clipboard', 0, { source: 'clipboard', reason: 'marked clipboard entry', count: 1 });
veil(apps.web, 60);
see(apps.web, 'City open data: bicycle counters - Chromium', 80);
see(apps.code, 'README.md - bike-counts - Visual Studio Code', 60);
type(24, 55, ['save']);
file('modified', 'bike-counts', 'README.md', 1904);
see(apps.mail, inbox, 90);

// 11:00 (d) A long document, read from front to back and back again.
at('11:00');
see(apps.files, 'Documents - Thunar', 12);
see(apps.pdf, survey, 60);
const leaf = (pages, chords) => {
  wait(40);
  keys(pages, 12, chords);
  see(apps.pdf, survey, 25);
};
for (const [pages, chords] of [[6], [9], [4], [12], [5, ['find']]]) leaf(pages, chords);
see(apps.chat, 'Jonas | Element', 25);
type(7, 9, ['enter']);
see(apps.pdf, survey, 20);
for (const [pages, chords] of [[14], [11], [3, ['find']], [16]]) leaf(pages, chords);
copy('Satisfaction with parking at stations fell from 61 to 54 percent.');
see(apps.pdf, survey, 60);
keys(19, 14);
see(apps.pdf, survey, 90);
keys(8, 9);
see(apps.pdf, survey, 40);

// 11:25 (e) Writing the report from the counts.
at('11:25');
see(apps.writer, report, 30);
type(38, 80);
see(apps.pdf, counts, 25);
see(apps.writer, report, 6);
type(26, 55);
see(apps.pdf, counts, 20);
copy('Counts at 38 of 52 stations rose; the median rise was 9 percent.');
see(apps.writer, report, 5);
type(31, 70, ['paste']);
see(apps.pdf, counts, 30);
see(apps.writer, report, 5);
type(44, 95, ['save']);
file('modified', 'Documents', 'Station report 2025.odt', 48_310);
see(apps.pdf, counts, 22);
see(apps.writer, report, 5);
type(29, 65);

// 11:45 Steady writing until lunch. Nobody needs help here.
at('11:45');
see(apps.writer, report, 20);
for (const words of [52, 61, 47, 58, 66]) {
  type(words, 110);
  wait(15);
}
type(40, 80, ['save']);
file('modified', 'Documents', 'Station report 2025.odt', 51_904);
type(55, 115);
wait(10);
type(37, 75, ['save']);
file('modified', 'Documents', 'Station report 2025.odt', 53_380);
see(apps.chat, 'Jonas | Element', 20);
type(6, 8, ['enter']);

// 12:15 Lunch.
away('12:15', '13:05');
see(apps.mail, inbox, 80);
see(apps.mail, 'Re: Lunch on Thursday? - Mozilla Thunderbird', 20);
see(apps.web, 'Weather in Leipzig - Chromium', 30);
see(apps.web, 'Rail works in March: what changes - City News - Chromium', 160);
see(apps.mail, inbox, 30);
see(apps.mail, 'Write: Station list - Mozilla Thunderbird', 8);
copy('Please send the list to [EMAIL_2] by Friday.');
type(34, 60, ['paste', 'enter']);

// 13:20 Programming again, and an ordinary search that finds what it should.
at('13:20');
see(apps.code, 'plot_counts.py - bike-counts - Visual Studio Code', 30);
type(41, 100);
type(28, 70, ['save']);
file('created', 'bike-counts', 'plot_counts.py', 1260);
see(apps.web, google('matplotlib rotate x labels'), 15);
see(apps.web, 'python - Rotate axis tick labels - Stack Overflow - Chromium', 25);
see(apps.code, 'plot_counts.py - bike-counts - Visual Studio Code', 8);
type(8, 20, ['save']);
file('modified', 'bike-counts', 'plot_counts.py', 1311);
see(apps.shell, 'Terminal - [USER]@desk: ~/bike-counts', 15);
type(4, 6, ['enter']);
wait(12);
file('created', 'plots', 'counts_by_month.png', 88_412);
see('Ristretto', 'counts_by_month.png - Image Viewer [1/1]', 45);
see(apps.code, 'plot_counts.py - bike-counts - Visual Studio Code', 20);
type(35, 85, ['save']);
file('modified', 'bike-counts', 'plot_counts.py', 1650);
type(22, 60);
type(30, 75, ['save']);
file('modified', 'bike-counts', 'plot_counts.py', 1904);
see(apps.shell, 'Terminal - [USER]@desk: ~/bike-counts', 15);
type(12, 20, ['enter']);
see(apps.code, 'plot_counts.py - bike-counts - Visual Studio Code', 200);

// 14:00 The picture goes into the report.
at('14:00');
see('Ristretto', 'counts_by_month.png - Image Viewer [1/1]', 20);
copyOther('image', 88_412);
see(apps.writer, report, 15);
type(33, 75, ['paste']);
type(48, 105, ['save']);
file('modified', 'Documents', 'Station report 2025.odt', 142_116);
type(39, 90);
type(25, 60, ['save']);
file('modified', 'Documents', 'Station report 2025.odt', 143_002);

// 14:30 A meeting: one window, hardly a key.
at('14:28');
see(apps.chat, 'Data meeting | Element Call', 620);
type(7, 10, ['enter']);
see(apps.chat, 'Data meeting | Element Call', 900);
see(apps.web, 'Meeting notes 10 March - Nextcloud - Chromium', 30);
type(63, 150);
see(apps.chat, 'Data meeting | Element Call', 540);
put('capture', 'capture', 0, { state: 'paused' });
at('15:25');
put('capture', 'capture', 0, { state: 'resumed' });

// 15:25 Loose ends: mail, chat, files in order.
see(apps.mail, inbox, 100);
see(apps.mail, 'Re: Budget for counters 2026 - Mozilla Thunderbird', 75);
see(apps.mail, 'Write: Re: Budget for counters 2026 - Mozilla Thunderbird', 10);
type(71, 150, ['enter']);
see(apps.mail, inbox, 30);
see(apps.chat, '#bike-data | Element', 60);
type(26, 40, ['enter']);
away('15:40', '15:52');
see(apps.files, 'Documents - Thunar', 30);
file('created', 'Documents', 'Meeting notes.md', 0);
see('Mousepad', '~/Documents/Meeting notes.md - Mousepad', 10);
type(58, 130, ['save']);
file('modified', 'Documents', 'Meeting notes.md', 402);
type(36, 80, ['save']);
file('modified', 'Documents', 'Meeting notes.md', 655);
see(apps.files, 'Documents - Thunar', 15);
file('deleted', 'Documents', 'Meeting notes old.md', 0);

// 16:10 The report's last pages.
at('16:10');
see(apps.writer, report, 25);
for (const words of [49, 57, 44, 62]) {
  type(words, 105);
  wait(20);
}
type(31, 70, ['save']);
file('modified', 'Documents', 'Station report 2025.odt', 149_870);
see(apps.web, 'Open data licences explained - City of Leipzig - Chromium', 110);
copy('Data licence Germany, attribution, version 2.0');
see(apps.writer, report, 8);
type(18, 45, ['paste', 'save']);
file('modified', 'Documents', 'Station report 2025.odt', 150_204);
file('created', 'Documents', 'Station report 2025.pdf', 402_118);
see(apps.pdf, 'Station report 2025.pdf', 150);
see(apps.writer, report, 10);
type(9, 25, ['save'], 5);
file('modified', 'Documents', 'Station report 2025.odt', 150_236);

// 17:00 Out it goes, and home.
at('17:00');
see(apps.mail, inbox, 40);
see(apps.mail, 'Write: Station report 2025 - Mozilla Thunderbird', 10);
copyOther('files', 402_118);
type(54, 110, ['paste', 'enter']);
see(apps.mail, inbox, 60);
see(apps.chat, '#bike-data | Element', 30);
type(16, 20, ['enter']);
see(apps.shell, 'Terminal - [USER]@desk: ~/bike-counts', 20);
type(14, 25, ['enter']);
see(apps.web, 'Train 17:52 Leipzig Hbf - Timetable - Chromium', 40);
see(apps.code, 'plot_counts.py - bike-counts - Visual Studio Code', 60);
type(21, 55, ['save']);
file('modified', 'bike-counts', 'plot_counts.py', 1988);
away('17:20', '17:27');
see(apps.mail, inbox, 30);
at('17:30');
put('capture', 'capture', 0, { state: 'stopped' });

const target = fileURLToPath(new URL('../src/assets/demo/day.jsonl', import.meta.url));
writeFileSync(
  target,
  `${lasting(events)
    .map((event) => JSON.stringify(event))
    .join('\n')}\n`,
);
console.log(`${events.length} events`);
