import { language, strings } from '../strings.ts';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { StudyState } from '../../src/model/study.ts';
import { studyLine } from '../../src/model/studyLine.ts';
import { useActions, useView } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** Below the status on every screen while a study is in force: its title, its end, and one click that ends it. */
export function StudyLine() {
  const study = useView((view) => view.state?.study);
  const ended = useView((view) => view.endedStudy);
  const { endStudy } = useActions();
  const [about, setAbout] = useState(false);
  return (
    <>
      {study && (
        <section aria-label={strings.study.label} className="px-4 pb-1 sm:px-8">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 rounded-lg bg-accent-soft px-3 py-1">
            <FlaskConical aria-hidden="true" className="size-4 shrink-0 text-accent" />
            <p className="min-w-0 flex-1 text-small break-words">
              {studyLine({ title: study.title, until: study.until }, language)}
              {study.broken !== undefined && (
                <span className="text-bad"> {strings.study.broken(study.broken)}</span>
              )}
            </p>
            <Button small look="ghost" onClick={() => setAbout(true)}>
              {strings.study.about}
            </Button>
            <Button small aria-label={strings.study.endLabel(study.title)} onClick={() => endStudy(study)}>
              {strings.study.end}
            </Button>
          </div>
        </section>
      )}
      {study && about && <About study={study} onClose={() => setAbout(false)} />}
      {ended && <Ended {...ended} />}
    </>
  );
}

function About({ study, onClose }: { readonly study: StudyState; readonly onClose: () => void }) {
  return (
    <Dialog title={study.title} wide onClose={onClose}>
      <div
        className="max-h-[60dvh] overflow-y-auto px-5 pb-4"
        tabIndex={0}
        role="group"
        aria-label={strings.study.consent}
      >
        <dl className="space-y-2">
          <dt className="font-semibold">{strings.study.receiver}</dt>
          <dd className="break-words text-dim">{study.receiver}</dd>
          <dt className="font-semibold">{strings.study.participant}</dt>
          <dd className="break-words text-dim">{study.participant}</dd>
          <dt className="font-semibold">{strings.study.consent}</dt>
          <dd className="break-words whitespace-pre-wrap text-dim">{study.consent}</dd>
        </dl>
        <p className="mt-3">{strings.study.byHand}</p>
      </div>
    </Dialog>
  );
}

/** It is ended already: this only asks what becomes of the answers, and closing keeps them. */
function Ended({ id, title }: { readonly id: string; readonly title: string }) {
  const { closeEnded, forget } = useActions();
  const command = strings.study.command(id);
  return (
    <Dialog title={strings.study.ended} onClose={closeEnded}>
      <div className="px-5 pb-4">
        <p className="text-dim">{strings.study.endedBody(title)}</p>
        <p className="mt-3 text-dim">{strings.study.handOver}</p>
        <p className="mt-1 flex items-center gap-2">
          <code className="min-w-0 flex-1 rounded-lg bg-bg px-2.5 py-1.5 font-mono text-[12px] break-words">
            {command}
          </code>
          <CopyButton text={command} />
        </p>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button
            look="danger"
            onClick={() => void forget({ study: id }).then((worked) => worked && closeEnded())}
          >
            {strings.study.remove}
          </Button>
          <Button data-first look="primary" onClick={closeEnded}>
            {strings.study.keep}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
