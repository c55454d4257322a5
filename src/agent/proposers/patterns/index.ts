import type { Proposer } from '../../../model/agent.ts';
import { createArticleFromSearch } from './articleFromSearch.ts';
import { createBackFromBreak } from './backFromBreak.ts';
import { createBackToResults } from './backToResults.ts';
import { createCompareOptions } from './compareOptions.ts';
import { createConceptAgain } from './conceptAgain.ts';
import { createConversions } from './conversions.ts';
import { createDataIntoCode } from './dataIntoCode.ts';
import { createDownloadUnread } from './downloadUnread.ts';
import { createError } from './error.ts';
import { createErrorReturns } from './errorReturns.ts';
import { createExampleForWork } from './exampleForWork.ts';
import { createFailingTests } from './failingTests.ts';
import { createInstallFailed } from './installFailed.ts';
import { createLongDocument } from './longDocument.ts';
import { createLongText } from './longText.ts';
import { createMailDraft } from './mailDraft.ts';
import { createManualExample } from './manualExample.ts';
import { createManualRevisited } from './manualRevisited.ts';
import { createMeetingNotes } from './meetingNotes.ts';
import { createMergeConflict } from './mergeConflict.ts';
import { createNewFile } from './newFile.ts';
import { createOpenQuestion } from './openQuestion.ts';
import { createPagesOnSubject } from './pagesOnSubject.ts';
import { createRenamed } from './renamed.ts';
import { createRepeatedSearch } from './repeatedSearch.ts';
import { createSameTextAgain } from './sameTextAgain.ts';
import { createSheetFormula } from './sheetFormula.ts';
import { createSourcesToCite } from './sourcesToCite.ts';
import { createStuckInFile } from './stuckInFile.ts';
import { createSubjectSearches } from './subjectSearches.ts';
import { createTableAsText } from './tableAsText.ts';
import { createTodoLeft } from './todoLeft.ts';
import { createTutorialSteps } from './tutorialSteps.ts';
import { createTwoSources } from './twoSources.ts';
import { createVersionChanges } from './versionChanges.ts';
import { createWritingFromSource } from './writingFromSource.ts';

/**
 * The patterns, in order of preference where no judge ranks them: the most pressing need first, and of two that are about
 * the same thing the one with more evidence.
 */
export function createPatterns(): readonly Proposer[] {
  return [
    createMergeConflict(),
    createInstallFailed(),
    createFailingTests(),
    createErrorReturns(),
    createVersionChanges(),
    createError(),
    createSheetFormula(),
    createCompareOptions(),
    createConceptAgain(),
    createRepeatedSearch(),
    createSubjectSearches(),
    createBackToResults(),
    createExampleForWork(),
    createConversions(),
    createTutorialSteps(),
    createPagesOnSubject(),
    createArticleFromSearch(),
    createRenamed(),
    createTableAsText(),
    createSameTextAgain(),
    createSourcesToCite(),
    createManualRevisited(),
    createManualExample(),
    createWritingFromSource(),
    createTwoSources(),
    createStuckInFile(),
    createTodoLeft(),
    createOpenQuestion(),
    createMailDraft(),
    createMeetingNotes(),
    createDataIntoCode(),
    createNewFile(),
    createLongText(),
    createBackFromBreak(),
    createDownloadUnread(),
    createLongDocument(),
  ];
}
