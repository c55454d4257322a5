import { strings } from '../strings.ts';
import { useState } from 'react';
import type { ExportChoice } from '../../src/model/exporting.ts';
import { useActions, useAssistant, useView } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { sentenceOf } from '../ui/format.ts';
import { Note } from '../ui/parts.tsx';
import { Choose } from './Choose.tsx';
import { Look, type Shown } from './Look.tsx';
import { Written, type WrittenFiles } from './Written.tsx';

/** Where the person is: choosing, waiting, looking at what would leave, or done. Nothing is written before the last. */
type Step =
  | { readonly name: 'choose' }
  | { readonly name: 'wait'; readonly words: string }
  | { readonly name: 'look'; readonly shown: Shown }
  | { readonly name: 'done'; readonly written: WrittenFiles };

const FIRST: ExportChoice = { formats: ['proactivebench'], names: 'replace', hide: [] };

/** Exports in three steps: choose, look at what would leave, agree. */
export function Export() {
  const { bridge } = useAssistant();
  const { setExporting, readCopies } = useActions();
  const progress = useView((view) => view.progress['export']);
  const [choice, setChoice] = useState(FIRST);
  const [step, setStep] = useState<Step>({ name: 'choose' });
  const [wrong, setWrong] = useState<string | null>(null);

  const stop = () => void bridge.call('export.stop', {}).catch(() => {});
  const close = () => {
    if (step.name === 'wait') stop();
    setExporting(false);
  };
  const fail = (back: Step) => (error: unknown) => {
    setStep(back);
    setWrong(sentenceOf(error));
  };
  const look = () => {
    setWrong(null);
    setStep({ name: 'wait', words: strings.exporting.looking });
    bridge
      .call('export.preview', choice)
      .then((shown) => setStep({ name: 'look', shown }), fail({ name: 'choose' }));
  };
  const write = (shown: Shown, folder: string) => {
    setWrong(null);
    setStep({ name: 'wait', words: strings.exporting.writing });
    // The folder that was offered is chosen anew, in case another export took it meanwhile.
    const where = folder === shown.folder ? {} : { folder };
    bridge
      .call('export.write', { choice, consent: shown.consent, ...where })
      .then((written) => setStep({ name: 'done', written }))
      .then(readCopies)
      .catch(fail({ name: 'look', shown }));
  };

  return (
    <Dialog title={strings.exporting.title} wide onClose={close}>
      <div className="flex min-h-0 flex-col overflow-y-auto px-5 pb-4">
        {wrong && (
          <div role="alert" className="mb-3">
            <Note tone="bad">{wrong}</Note>
          </div>
        )}
        {step.name === 'choose' && <Choose choice={choice} onChange={setChoice} onLook={look} />}
        {step.name === 'wait' && (
          <div role="status" className="py-6 text-center">
            <p>{step.words}</p>
            {progress?.state === 'running' && progress.total > 0 && (
              <p className="mt-1 text-small text-dim">
                {strings.exporting.reading(progress.done, progress.total)}
              </p>
            )}
            <Button className="mt-4" data-first onClick={stop}>
              {strings.exporting.stop}
            </Button>
          </div>
        )}
        {step.name === 'look' && (
          <Look
            shown={step.shown}
            onBack={() => setStep({ name: 'choose' })}
            onWrite={(folder) => write(step.shown, folder)}
          />
        )}
        {step.name === 'done' && <Written written={step.written} onClose={close} />}
      </div>
    </Dialog>
  );
}
