import { ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { PrivacyReport as Report, SourceReport } from '../../src/model/report.ts';
import { useAssistant, useView } from '../store.ts';
import { sourceWords, waysOut } from '../../src/model/sourceWords.ts';
import { SPOKEN } from '../../src/model/spoken.ts';
import { language, strings } from '../strings.ts';
import { faultOf, numberOf as number, reasonWords } from '../ui/format.ts';
import { Note, Panel, Tag } from '../ui/parts.tsx';
import { Section } from './Section.tsx';

/** Milliseconds between two readings while the screen is open: the counts live. */
const AGAIN_MS = 2000;

const NONE: readonly string[] = [];

/** What is kept of each source, how often, what was not and why; and whether anything can leave. Never content. */
export function PrivacyReport() {
  const { bridge } = useAssistant();
  const link = useView((view) => view.link);
  const [report, setReport] = useState<Report | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (link !== 'open') return;
    let open = true;
    const read = () =>
      void bridge.call('privacy.report', {}).then(
        (found) => open && (setReport(found), setFailed(false)),
        () => open && setFailed(true),
      );
    read();
    const timer = setInterval(read, AGAIN_MS);
    return () => {
      open = false;
      clearInterval(timer);
    };
  }, [bridge, link]);
  const words = strings.report;
  const settings = useView((view) => view.settings);
  const { port, beside } = SPOKEN[language].privacy;
  const ways = settings ? waysOut(settings, language) : [];
  const listens = report && report.listens.length > 0;
  return (
    <Section name="report" aside={report?.since ? words.since(new Date(report.since)) : undefined}>
      <Panel className="overflow-hidden">
        {failed && (
          <div className="p-4">
            <Note tone="bad">{words.failed}</Note>
          </div>
        )}
        <ul aria-label={strings.settings.sections.report}>
          {report?.sources.map((each) => (
            <Row key={each.source} row={each} />
          ))}
        </ul>
        {report && (
          <ul aria-label={words.ways} className="border-t border-line px-4 py-3 text-small text-dim">
            {[...ways, ...(listens ? [port] : [])].map((sentence) => (
              <li key={sentence} className="text-warn">
                {sentence}
              </li>
            ))}
            {ways.length === 0 && <li>{words.nothingLeaves}</li>}
            {!listens && <li>{words.nothingListens}</li>}
            <li>{report.store.encrypted ? words.locked[report.store.key] : words.open}</li>
            <li>
              {words.beside}
              <ul className="list-disc pl-5">
                {beside.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </li>
          </ul>
        )}
      </Panel>
    </Section>
  );
}

function Row({ row }: { readonly row: SourceReport }) {
  const [open, setOpen] = useState(false);
  const words = strings.report;
  const typedApps = useView((view) => view.settings?.typedApps ?? NONE);
  const { stored, never } = sourceWords(row.source, typedApps, language);
  const { kept, redacted, dropped, reasons } = row.counts;
  const counts = words.counts(number(kept), number(redacted), number(dropped));
  return (
    <li className="border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-left hover:bg-bg"
      >
        <ChevronRight aria-hidden="true" className={`size-3.5 text-dim ${open ? 'rotate-90' : ''}`} />
        <span className="font-medium">{words.sources[row.source]}</span>
        {!row.on && <Tag>{words.off}</Tag>}
        <span className="ml-auto text-small text-dim tabular-nums">{counts}</span>
      </button>
      {open && (
        <dl className="grid grid-cols-[minmax(72px,max-content)_minmax(0,1fr)] gap-x-3 gap-y-1 px-4 pb-3 pl-[42px] text-small">
          <dt className="text-dim">{strings.settings.stored}</dt>
          <dd>{stored}</dd>
          <dt className="text-dim">{strings.settings.never}</dt>
          <dd>{never}</dd>
          <dt className="text-dim">{words.kept}</dt>
          <dd>{words.days(row.days)}</dd>
          {row.reason && (
            <>
              <dt className="text-dim">{words.state}</dt>
              <dd>{faultOf(row.reason)}</dd>
            </>
          )}
          <dt className="text-dim">{words.why}</dt>
          <dd className="flex flex-wrap gap-1.5">
            {Object.entries(reasons)
              .toSorted((a, b) => b[1] - a[1])
              .map(([reason, count]) => (
                <Tag key={reason}>
                  {reasonWords(reason)} {number(count)}
                </Tag>
              ))}
            {Object.keys(reasons).length === 0 && words.noReasons}
          </dd>
        </dl>
      )}
    </li>
  );
}
