import { createExampleForWork } from '../../../../src/agent/proposers/patterns/exampleForWork.ts';
import { code, live, said, search, testPattern, told, web } from '../moments.ts';

testPattern(createExampleForWork, {
  speaks: [
    live('a query from a script', 'go read file line by line', 130, [
      code(0, 'count.go'),
      search(120, 'go read file line by line example'),
    ]),
    told('a query in sentences', 'how to sort a hash by value in ruby', 60, [
      said(0, "The user works on the file 'ranks.rb' in Visual Studio Code."),
      said(55, "The user searches on Google for 'how to sort a hash by value in ruby'."),
    ]),
  ],
  silent: [
    ['no work before it', 20, [web(0, 'Front page'), search(10, 'how to boil an egg')]],
    ['the query asks for no way to do it', 20, [code(0, 'a.go'), search(10, 'cinema tonight')]],
    [
      'the work was left long ago',
      1900,
      [code(0, 'a.go'), web(20, 'News of the day'), search(1890, 'how to boil an egg')],
    ],
    ['it was searched some minutes ago', 300, [code(0, 'a.go'), search(10, 'go read file example')]],
  ],
});
