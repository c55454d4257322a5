import { createMergeConflict } from '../../../../src/agent/proposers/patterns/mergeConflict.ts';
import { copy, front } from '../../day.ts';
import { live, terminal, testPattern, web } from '../moments.ts';

testPattern(createMergeConflict, {
  speaks: [
    live('the line was copied', 'menu.css', 20, [
      terminal(0, 'git rebase main'),
      copy(10, 'xterm', 'CONFLICT (content): Merge conflict in styles/menu.css'),
    ]),
    live('the merge view is in front', 'menu.css', 20, [
      front(10, 'code', 'Merging: menu.css - site - Visual Studio Code'),
    ]),
  ],
  silent: [
    ['a merge without one', 20, [terminal(10, 'git merge main')]],
    ['prose about conflicts', 20, [copy(10, 'firefox', 'How to handle conflict in a team')]],
    [
      'long ago',
      400,
      [
        copy(10, 'xterm', 'CONFLICT (content): Merge conflict in styles/menu.css'),
        web(380, 'News of the day'),
      ],
    ],
  ],
});
