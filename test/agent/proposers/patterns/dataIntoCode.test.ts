import { createDataIntoCode } from '../../../../src/agent/proposers/patterns/dataIntoCode.ts';
import { code, file, live, office, testPattern } from '../moments.ts';

testPattern(createDataIntoCode, {
  speaks: [
    live('a table saved, then code', '“harvest.csv” in “yield.py”', 70, [
      file(0, 'created', 'harvest.csv', 'Downloads'),
      code(60, 'yield.py'),
    ]),
    live('a table looked at, then code', '“harvest.csv” in “yield.py”', 70, [
      code(0, 'harvest.csv'),
      code(60, 'yield.py'),
    ]),
  ],
  silent: [
    [
      'the code made the data',
      90,
      [code(0, 'yield.py'), file(40, 'created', 'harvest.csv'), code(60, 'notes.md'), code(80, 'yield.py')],
    ],
    ['settings of a project', 70, [code(0, 'package.json'), code(60, 'index.ts')]],
    ['no code', 70, [file(0, 'created', 'harvest.csv'), office(60, 'letter.odt')]],
    ['too long ago', 1900, [file(0, 'created', 'harvest.csv'), code(1890, 'yield.py')]],
  ],
});
