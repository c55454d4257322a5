import { createManualExample } from '../../../../src/agent/proposers/patterns/manualExample.ts';
import { code, live, said, search, testPattern, told, web } from '../moments.ts';

testPattern(createManualExample, {
  speaks: [
    live('a page of a manual', 'csv — reference manual', 60, [
      code(0, 'load.py'),
      search(20, 'python csv dialect'),
      web(30, 'csv — reference manual'),
    ]),
    told('documentation in sentences', 'the documentation found for python csv dialect', 90, [
      said(0, "The user searches for 'python csv dialect' on Google."),
      said(40, 'The user clicks on a link to the official documentation.'),
    ]),
  ],
  silent: [
    ['no search led to it', 60, [code(0, 'load.py'), web(30, 'csv — reference manual')]],
    ['a glance', 33, [search(20, 'python csv dialect'), web(30, 'csv — reference manual')]],
    ['no manual', 60, [search(20, 'python csv dialect'), web(30, 'A love letter to commas')]],
  ],
});
