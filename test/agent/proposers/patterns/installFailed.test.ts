import { createInstallFailed } from '../../../../src/agent/proposers/patterns/installFailed.ts';
import { copy } from '../../day.ts';
import { live, terminal, testPattern, web } from '../moments.ts';

testPattern(createInstallFailed, {
  speaks: [
    live('a package', '“lxml”', 50, [
      terminal(0, 'pip install lxml'),
      copy(40, 'xterm', 'error: command gcc failed with exit status 1'),
    ]),
  ],
  silent: [
    [
      'it went well',
      50,
      [terminal(0, 'pip install lxml'), copy(40, 'xterm', 'Successfully installed lxml-5.3')],
    ],
    ['no installation', 50, [terminal(0, 'make'), copy(40, 'xterm', 'error: command gcc failed')]],
    [
      'copied from a page',
      50,
      [terminal(0, 'pip install lxml'), web(20, 'News'), copy(40, 'firefox', 'error: command gcc failed')],
    ],
    ['long before', 900, [terminal(0, 'pip install lxml'), copy(890, 'xterm', 'error: command gcc failed')]],
  ],
});
