import { createErrorReturns } from '../../../../src/agent/proposers/patterns/errorReturns.ts';
import { copy } from '../../day.ts';
import { code, live, said, terminal, testPattern, told } from '../moments.ts';

testPattern(createErrorReturns, {
  speaks: [
    live('the same error after a change', 'IndexError: list index out of range', 100, [
      terminal(0, 'make'),
      copy(5, 'xterm', 'IndexError: list index out of range'),
      code(20, 'walk.py'),
      terminal(90, 'make'),
      copy(95, 'xterm', 'IndexError: list index out of range'),
    ]),
    told('in sentences', 'Connection refused', 200, [
      said(0, "The terminal displays an error message saying 'Connection refused by host'."),
      said(60, "The user works on the file 'client.py' in Visual Studio Code."),
      said(190, "The terminal displays an error message saying 'Connection refused by host'."),
    ]),
  ],
  silent: [
    [
      'nothing was changed between',
      100,
      [
        terminal(0, 'make'),
        copy(5, 'xterm', 'IndexError: list index out of range'),
        copy(95, 'xterm', 'IndexError: list index out of range'),
      ],
    ],
    [
      'another error',
      100,
      [
        terminal(0, 'make'),
        copy(5, 'xterm', 'IndexError: list index out of range'),
        code(20, 'walk.py'),
        terminal(90, 'make'),
        copy(95, 'xterm', "NameError: name 'step' is not defined"),
      ],
    ],
    ['once', 10, [terminal(0, 'make'), copy(5, 'xterm', 'IndexError: list index out of range')]],
  ],
});
