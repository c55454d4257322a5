import { idle, type DayWriter } from './dayWriter.ts';
import type { Scene } from './unseenDays.ts';

const sometimes = (day: DayWriter) => {
  if (day.chance(0.15)) idle(day);
};
const mail = (day: DayWriter, subject: string) =>
  day.window(day.desk.mail.app, `${subject}${day.desk.mail.ends}`);

/** Needs of people with documents, tables and mail. */
export const DESK_SCENES: Readonly<Record<string, Scene>> = {
  'a formula for the sheet'(day) {
    day.file(day.one(['budget 2026.xlsx', 'club members.ods', 'stock.xlsx']));
    day.pass(20, 100);
    day.type(5);
    sometimes(day);
    day.search(
      day.one([
        'excel sumif two columns',
        'vlookup return multiple rows',
        'formula count cells between dates',
        'libreoffice calc average ignore zero',
      ]),
    );
    day.pass(6, 25);
  },
  'sources to cite'(day) {
    const text = day.one(['essay on dykes.odt', 'seminar paper.docx']);
    const pages = day.some(
      [
        'Dykes of Zeeland - Wikipedia',
        'The 1953 flood, 70 years on',
        'Delta works: a short history - Water Museum',
        'Polder law in practice',
      ],
      3,
    );
    day.file(text);
    day.type(30);
    for (const page of pages) {
      day.page(page);
      day.pass(20, 60);
      day.copy(
        day.one([
          'The barrier closed for the first time in 1986.',
          'Some 1,836 people died in the night of the flood.',
          'Maintenance is paid by the water boards.',
        ]),
      );
      day.file(text);
      day.type(day.between(10, 40), { chords: ['paste'] });
      sometimes(day);
    }
    day.file(text);
  },
  'a table that came as text'(day) {
    day.window(day.desk.office.app, 'figures.ods');
    const rows = day.one([
      ['Town\tHouses\tEmpty', 'Mol\t1204\t33', 'Geel\t2210\t91', 'Lier\t1871\t40'],
      ['item;price;stock', 'lamp;19.90;4', 'desk;140.00;1'],
    ]);
    day.copy(rows.join('\n'));
    day.file(day.one(['report.md', 'notes.md', 'README.md']), 'survey');
    day.type(2, { chords: ['paste'] });
  },
  'a question that waits for an answer'(day) {
    if (day.chance(0.5)) {
      mail(
        day,
        `Write: Re: ${day.one(['Can you host the reading group?', 'When does the grant run out?', 'Which room do we take?'])}`,
      );
      day.pass(20, 60);
      day.type(day.between(3, 8));
      day.pass(100, 200);
      idle(day);
      mail(day, 'Write: Re: Which room do we take?');
    } else {
      day.file('minutes of council.odt');
      day.type(20, { text: 'The roof is agreed. Who pays for the scaffolding, and until when?' });
      day.pass(60, 120);
      day.type(0, { chords: ['save'] });
    }
    day.pass(10, 20);
  },
  'a mail that does not get finished'(day) {
    const subject = day.one([
      'Write: Apology for the delay',
      'Write: Complaint about invoice 2291',
      'Write: Application for the flat',
    ]);
    for (let left = 4; left > 0; left -= 1) {
      mail(day, subject);
      day.pass(60, 160);
      day.type(day.between(6, 30), { corrections: 9 });
      day.pass(10, 40);
      idle(day);
    }
    mail(day, subject);
    day.pass(20, 60);
    day.type(5);
  },
  'notes of a meeting'(day) {
    const name = day.one([
      'Meeting 14 October.md',
      'board-minutes.odt',
      'Standup notes.md',
      '2026-10-14 kickoff meeting.docx',
    ]);
    day.window('Element', 'Team call | Element Call');
    day.pass(300, 500);
    day.file(name);
    for (let left = 3; left > 0; left -= 1) {
      day.type(day.between(25, 60));
      day.pass(10, 60);
    }
    day.type(20, { chords: ['save'] });
    day.changed('modified', name, 'Meetings');
    day.pass(5, 20);
  },
  'a download nobody has looked into'(day) {
    day.page(day.one(['Publications - Water Board', 'Library: reports 2026', 'Tax office: forms']));
    const name = day.one([
      'survey answers 2025.csv',
      'interview with the miller.txt',
      'Guide to self assessment.md',
      'release-notes.html',
    ]);
    day.changed('created', name, 'Downloads');
    day.pass(200, 400);
    for (let left = 4; left > 0; left -= 1) {
      idle(day);
      day.pass(60, 150);
    }
  },
  'back from a long break'(day) {
    const name = day.one(['novel chapter 9.odt', 'grant proposal.docx', 'engine.cpp']);
    day.file(name);
    for (let left = 4; left > 0; left -= 1) {
      day.type(day.between(20, 60));
      day.pass(30, 100);
    }
    day.away(day.between(25, 90));
    mail(day, 'Inbox - mara@example.org');
    day.pass(20, 50);
  },
  'two sources weighed against each other'(day) {
    const [a, b] = day.one([
      ['offer-roofers-north.pdf', 'offer-dakwerk.pdf'],
      ['contract_2025.pdf', 'contract_2026.pdf'],
    ] as const);
    for (let left = 3; left > 0; left -= 1) {
      day.window(day.desk.reader, a);
      day.pass(15, 50);
      day.window(day.desk.reader, b);
      day.pass(15, 50);
      if (left === 2) {
        day.file('decision.odt');
        day.type(15);
      }
    }
    day.window(day.desk.reader, a);
  },
  "a long text of one's own"(day) {
    const name = day.one(['blog post draft.md', 'cover letter.docx', 'speech.odt']);
    day.file(name);
    for (let left = 7; left > 0; left -= 1) {
      day.type(day.between(35, 60), { corrections: day.between(2, 12) });
      day.pass(10, 50);
    }
    day.type(10, { chords: ['save'] });
    day.changed('modified', name, 'Texts');
    day.pass(5, 15);
  },
};
