import { createSheetFormula } from '../../../../src/agent/proposers/patterns/sheetFormula.ts';
import { front } from '../../day.ts';
import { live, office, search, testPattern, web } from '../moments.ts';

testPattern(createSheetFormula, {
  speaks: [
    live('a lookup', 'excel vlookup second match', 70, [
      front(0, 'libreoffice-calc', 'shifts.ods — LibreOffice Calc'),
      search(60, 'excel vlookup second match'),
    ]),
  ],
  silent: [
    ['no sheet', 70, [office(0, 'letter.odt'), search(60, 'excel vlookup second match')]],
    [
      'no formula',
      70,
      [front(0, 'libreoffice-calc', 'shifts.ods — LibreOffice Calc'), search(60, 'train to Lyon')],
    ],
    [
      'the sheet was closed long ago',
      1900,
      [
        front(0, 'libreoffice-calc', 'shifts.ods — LibreOffice Calc'),
        web(30, 'News of the day'),
        search(1890, 'excel vlookup second match'),
      ],
    ],
  ],
});
