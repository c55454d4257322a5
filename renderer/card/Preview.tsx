import type { Operation } from '../../src/model/proposal.ts';
import { operationText } from '../../src/model/operationText.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { useView } from '../store.ts';
import { strings } from '../strings.ts';
import { writes } from '../view.ts';

/**
 * What accepting will do, with its arguments word for word: they are what is run and what the audit log keeps. Long ones
 * scroll.
 */
export function Preview({ suggestion }: { readonly suggestion: Suggestion }) {
  const model = useView(writes);
  const { operation, proposer } = suggestion.proposal;
  if (!operation) return null;
  return (
    <div
      role="group"
      aria-label={strings.doing.preview}
      // Keys scroll it too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={operation.kind === 'rename' && operation.files.length > 3 ? 0 : undefined}
      className="max-h-40 overflow-y-auto rounded-lg bg-bg px-2.5 py-2 font-mono text-[12px] leading-[18px] break-words whitespace-pre-wrap text-dim"
    >
      {operation.kind === 'rename' ? (
        <Names files={operation.files} />
      ) : (
        <Argument parts={partsOf(inOwnWords(operation, suggestion.edited), proposer, model)} />
      )}
    </div>
  );
}

function Argument({ parts: [lead, argument] }: { readonly parts: readonly [string, string] }) {
  return (
    <>
      {lead}
      <span className="text-good">{argument}</span>
    </>
  );
}

/** Old and new name of each file; each name keeps its own direction of writing. */
function Names({ files }: { readonly files: Extract<Operation, { kind: 'rename' }>['files'] }) {
  return (
    <>
      <p className="mb-1">{strings.doing.renames(files.length)}</p>
      <ol className="space-y-0.5">
        {files.map(({ file, to }) => (
          <li key={file.event + to} className="break-all">
            <bdi>{file.name}</bdi> → <bdi className="text-good">{to}</bdi>
          </li>
        ))}
      </ol>
    </>
  );
}

/** As the core runs it when the person reworded it: only what is nothing but words changes. */
function inOwnWords<T extends Operation>(operation: T, edited: string | undefined): T {
  if (edited === undefined) return operation;
  if (operation.kind === 'search') return { ...operation, query: edited };
  return operation.kind === 'chat' ? { ...operation, instruction: edited } : operation;
}

function partsOf(
  operation: Exclude<Operation, { kind: 'rename' }>,
  proposer: string,
  model: boolean,
): readonly [string, string] {
  if (operation.kind === 'chat' && !model) return strings.card.gather(proposer);
  if (operation.kind === 'read' && !model) return strings.doing.outline(operation.file.name);
  return strings.card[operation.kind](operationText(operation));
}
