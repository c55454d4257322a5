import type { Pinned } from './pinned.ts';

/** A study file to begin with, frozen to what is here; its texts are to be replaced. */
export function templateOf(here: Pinned): object {
  // Only a file of the catalogue has a digest; without a model the gate decides about nothing.
  const model = here.model?.sha256 ? { ...here.model, proposals: 'on' } : { alias: 'none', sha256: null };
  return {
    study: 1,
    id: 'my-study',
    title: 'Title of the study',
    receiver: 'Who receives the data, and how to reach them',
    consent: [
      'What the study is about and how long it takes.',
      'What is collected: each suggestion made meanwhile with what was seen when it was made, the answer to it, and what is said to the questions below. Nothing is sent by itself.',
      'What the participant may do at any time: pause, forget, end, and have everything deleted.',
    ],
    sources: { only: ['window', 'idle', 'clipboard', 'keyboard', 'files'], on: [] },
    frozen: { model, gate: here.gate, prompts: here.prompts },
    settings: { mode: 'live', cooldownSeconds: 180, dailyCap: 20 },
    arms: {
      by: 'day',
      seed: 'change-this-seed',
      of:
        model.sha256 === null
          ? [
              { id: 'offers', proposers: 'patterns' },
              { id: 'silence', proposers: 'none' },
            ]
          : [
              { id: 'gate-on', gate: 'on' },
              { id: 'gate-off', gate: 'off' },
            ],
    },
    questions: [
      { id: 'timing', kind: 'scale', text: 'How good was the moment?', low: 'very bad', high: 'very good' },
    ],
    asks: { after: ['accepted', 'rejected'], minutes: 30, perDay: 6 },
    lasts: { days: 14 },
  };
}
