import { createTutorialSteps } from '../../../../src/agent/proposers/patterns/tutorialSteps.ts';
import { live, said, search, testPattern, told, web } from '../moments.ts';

testPattern(createTutorialSteps, {
  speaks: [
    live('a tutorial', 'Knitting a sock: a step-by-step tutorial', 60, [
      search(0, 'knit sock'),
      web(10, 'Knitting a sock: a step-by-step tutorial'),
    ]),
    told('a tutorial in sentences', 'the tutorial found for knit sock', 80, [
      said(0, "The user searches for 'knit sock' on Google."),
      said(30, 'The user clicks on a tutorial from the search results.'),
    ]),
  ],
  silent: [
    ['no search led to it', 60, [web(0, 'Front page'), web(10, 'Knitting a sock: a step-by-step tutorial')]],
    ['a glance', 15, [search(0, 'knit sock'), web(10, 'Knitting a sock: a step-by-step tutorial')]],
    ['an article', 60, [search(0, 'knit sock'), web(10, 'The sock through the centuries')]],
  ],
});
