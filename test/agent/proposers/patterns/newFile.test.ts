import { createNewFile } from '../../../../src/agent/proposers/patterns/newFile.ts';
import { code, file, keys, live, testPattern } from '../moments.ts';

testPattern(createNewFile, {
  speaks: [
    live('an empty script', '“backup.sh”', 40, [
      file(0, 'created', 'backup.sh', 'bin', 0),
      code(2, 'backup.sh'),
    ]),
  ],
  silent: [
    ['it has content', 40, [file(0, 'created', 'backup.sh', 'bin', 400), code(2, 'backup.sh')]],
    [
      'words come already',
      60,
      [file(0, 'created', 'backup.sh', 'bin', 0), code(2, 'backup.sh'), keys(10, 'code', { words: 30 })],
    ],
    ['a moment after', 10, [file(0, 'created', 'backup.sh', 'bin', 0), code(2, 'backup.sh')]],
    ['another file is in front', 40, [file(0, 'created', 'backup.sh', 'bin', 0), code(2, 'other.sh')]],
    ['a picture', 40, [file(0, 'created', 'logo.png', 'bin', 0), code(2, 'logo.png')]],
  ],
});
