import { number } from './count.ts';

/** The first run. */
export const welcome = {
  welcome: {
    steps: ['What it does', 'Sources', 'Model', 'Start'],
    step: (at: number, of: number) => `Step ${number(at)} of ${number(of)}`,
    title: 'Help, before you ask.',
    lead: 'Beforehand watches what happens on this desktop, on this machine alone, and offers one small task when it is quite sure that it helps.',
    does: 'It does',
    doesList: [
      'Notice a repeated search, a copied error, a long document',
      'Wait for a natural pause before it says anything',
      'Learn from each accept, dismiss and silence',
    ],
    never: 'It never',
    neverList: [
      'Sends anything off this machine unless you add an endpoint',
      'Keeps passwords or marked secrets, or what you type unless you choose apps for it',
      'Acts without your click',
    ],
    sources: 'Choose what it may see',
    sourcesLead: 'Each line below was made by the real redaction, just now.',
    model: 'Choose a model',
    modelLead: 'By this machine’s memory. Patterns work without one; you can change it at any time.',
    modelFetching: 'It downloads while you go on, and is used as soon as it is whole.',
    modelReady: 'The model in use is on this computer. Continue.',
    modelNone:
      'No model is needed to begin: patterns propose without one. Download one now or later, under Models.',
    ill: 'One source does not work yet; the others do, and you can begin.',
    start: 'How shall it begin?',
    live: 'Live',
    liveBody: 'A small card at a quiet moment. A few a day at most.',
    shadow: 'Shadow',
    shadowBody: 'No interruptions. Proposals gather on Today, for you to look at when you like.',
    next: 'Continue',
    back: 'Back',
    begin: 'Start watching',
    key: 'The log is encrypted; its key lies in a file, because no system keyring was found.',
  },
} as const;
