import { idle, type DayWriter } from './dayWriter.ts';
import type { Scene } from './unseenDays.ts';

const sometimes = (day: DayWriter) => {
  if (day.chance(0.15)) idle(day);
};

/** Needs of people who write code, or reports on it. */
export const WORK_SCENES: Readonly<Record<string, Scene>> = {
  'a manual looked up over and over'(day) {
    const [page, file] = day.one([
      ['struct Vec - std::vec - Rust documentation', 'grid.rs'],
      ['Array.prototype.reduce() - JavaScript | MDN', 'totals.ts'],
      ['tikz manual: drawing arrows - CTAN documentation', 'figures.tex'],
    ] as const);
    for (let left = 4; left > 0; left -= 1) {
      day.page(page);
      day.pass(10, 40);
      day.file(file, 'atlas');
      day.pass(10, 30);
      day.type(day.between(4, 25), { chords: day.chance(0.5) ? ['save'] : [] });
      sometimes(day);
    }
    day.page(page);
    day.pass(5);
  },
  'an error that comes back'(day) {
    const error = day.one([
      'RuntimeError: dictionary changed size during iteration',
      'error TS2345: Argument of type string is not assignable',
      'fatal: could not read Username for host',
    ]);
    for (let left = 3; left > 0; left -= 1) {
      day.file('worker.py', 'mill');
      day.pass(15, 60);
      day.type(day.between(5, 20), { chords: ['save'] });
      day.changed('modified', 'worker.py', 'mill');
      day.window(day.desk.terminal, 'mara@tuin: ~/mill');
      day.type(3, { chords: ['enter'] });
      day.pass(5, 20);
      day.copy(error);
    }
    day.pass(4);
  },
  'a merge that conflicts'(day) {
    day.window(day.desk.terminal, 'git merge release');
    day.pass(5, 15);
    if (day.chance(0.5)) day.copy('CONFLICT (content): Merge conflict in src/router.ts');
    else day.file('Merging: router.ts', 'harbour');
    day.pass(6, 20);
  },
  'tests that fail'(day) {
    const run = day.one(['pytest -x', 'npm test', 'cargo test']);
    for (let left = 3; left > 0; left -= 1) {
      day.file('ledger.py', 'bank');
      day.type(day.between(4, 15), { chords: ['save'] });
      day.changed('modified', 'ledger.py', 'bank');
      day.window(day.desk.terminal, run);
      day.pass(10, 40);
    }
    day.copy(
      day.one([
        '=== 2 failed, 31 passed in 4.12s ===',
        'Tests: 1 failed, 44 passed',
        'test result: FAILED. 12 passed; 3 failed',
      ]),
    );
    day.pass(5);
  },
  'an installation that fails'(day) {
    const [run, error] = day.one([
      ['pip install pygraphviz', 'error: subprocess-exited-with-error'],
      ['npm install sharp', 'npm error code EACCES'],
      ['sudo apt install gimp', 'E: Unable to locate package gimp'],
    ] as const);
    day.window(day.desk.terminal, run);
    day.pass(10, 60);
    day.copy(error);
    day.pass(3, 9);
  },
  'going back and forth in one file'(day) {
    day.file(day.one(['solver.ts', 'layout.css', 'macros.bas']), 'nest');
    for (let left = 5; left > 0; left -= 1) {
      day.pass(15, 70);
      day.type(day.between(3, 12), { corrections: day.between(2, 9), chords: ['undo', 'undo'] });
      sometimes(day);
      day.file('solver.ts', 'nest');
    }
    day.type(4, { chords: ['undo', 'undo', 'undo'] });
  },
  'something still to do in the file'(day) {
    const file = day.one(['import.go', 'chapter3.md', 'setup.sh']);
    for (let left = 3; left > 0; left -= 1) {
      day.file(file, 'attic');
      day.type(9, {
        text: day.one(['// TODO handle empty rows', '# FIXME dates are wrong', 'TODO cite the survey']),
        chords: ['save'],
      });
      day.changed('modified', file, 'attic');
      day.pass(60, 200);
    }
  },
  'the same lines put in again'(day) {
    const text = day.one([
      'Kind regards,\nMara Peeters\nVolunteer coordinator, City Garden',
      'SPDX-License-Identifier: MIT\nCopyright the harbour authors',
      'import { describe, expect, it } from "vitest";',
    ]);
    for (let left = 4; left > 0; left -= 1) {
      day.window(day.desk.editor.app, `old${left}.ts - harbour${day.desk.editor.ends}`);
      day.copy(text);
      day.window(day.desk.editor.app, `new${left}.ts - harbour${day.desk.editor.ends}`);
      day.type(1, { chords: ['paste'] });
      day.copy(day.one(['one other thing', '12', 'harbour']));
      sometimes(day);
    }
    day.copy(text);
  },
  'data on its way into code'(day) {
    const [data, code] = day.one([
      ['rainfall_2025.csv', 'rain.py'],
      ['members.json', 'import.ts'],
      ['survey.xlsx', 'survey.R'],
    ] as const);
    if (day.chance(0.5)) day.changed('created', data, 'Downloads');
    else day.file(data, 'data');
    day.pass(20, 90);
    sometimes(day);
    day.file(code, 'data');
    day.pass(5, 20);
    day.type(day.between(3, 10));
  },
  'a new file that is empty'(day) {
    const name = day.one(['scraper.py', 'Dockerfile.yaml', 'resume.md', 'invoice.html']);
    day.changed('created', name, 'attic');
    day.events[day.events.length - 1] = {
      ...day.events.at(-1)!,
      data: { ...day.events.at(-1)!.data, size: 0 },
    } as never;
    day.pass(1, 4);
    day.file(name, 'attic');
    day.pass(15, 40);
    day.type(2);
  },
};
