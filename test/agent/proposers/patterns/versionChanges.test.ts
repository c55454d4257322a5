import { createVersionChanges } from '../../../../src/agent/proposers/patterns/versionChanges.ts';
import { copy } from '../../day.ts';
import { live, terminal, testPattern, web } from '../moments.ts';

testPattern(createVersionChanges, {
  speaks: [
    live('release notes after an error', 'Release notes 5.2 - Loom', 50, [
      terminal(0, 'make'),
      copy(10, 'xterm', "ImportError: cannot import name 'weave'"),
      web(30, 'Release notes 5.2 - Loom'),
    ]),
  ],
  silent: [
    ['no error', 50, [web(30, 'Release notes 5.2 - Loom')]],
    [
      'another page',
      50,
      [copy(10, 'xterm', "ImportError: cannot import name 'weave'"), web(30, 'Loom - home of weaving')],
    ],
    [
      'the error is half an hour old',
      1900,
      [copy(10, 'xterm', "ImportError: cannot import name 'weave'"), web(1890, 'Release notes 5.2 - Loom')],
    ],
  ],
});
