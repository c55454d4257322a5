import { strings } from '../strings.ts';
import { useId, useState } from 'react';
import { AnnotatorName } from '../../src/model/annotation.ts';
import { Button } from '../ui/Button.tsx';
import { Heading, Loading, Note, Panel } from '../ui/parts.tsx';
import type { Teach } from './useTeach.ts';

/** Who annotates, and where the traces lie. */
export function PlaceForm({ teach }: { readonly teach: Teach }) {
  const { place, failed, busy } = teach;
  const [annotator, setAnnotator] = useState(place.annotator);
  const [folder, setFolder] = useState(place.folder);
  const name = AnnotatorName.safeParse(annotator);
  return (
    <>
      <Heading>{strings.teaching.traces}</Heading>
      <Panel>
        {busy ? (
          <Loading label={strings.teaching.opening} />
        ) : (
          <form
            className="flex flex-col gap-4 px-4 py-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (name.success) teach.enter({ annotator: name.data, folder: folder.trim() });
            }}
          >
            <p className="text-dim">{strings.teaching.lead}</p>
            {failed !== null && <Note tone="warn">{failed}</Note>}
            <Field
              first
              label={strings.teaching.name}
              hint={strings.teaching.nameHint}
              value={annotator}
              most={80}
              onChange={setAnnotator}
            />
            <Field
              label={strings.teaching.folder}
              hint={strings.teaching.folderHint}
              value={folder}
              most={4096}
              onChange={setFolder}
            />
            {failed !== null && <p className="text-small text-dim">{strings.teaching.noTracesHint}</p>}
            <div>
              <Button type="submit" look="primary" disabled={!name.success}>
                {strings.teaching.open}
              </Button>
            </div>
          </form>
        )}
      </Panel>
    </>
  );
}

const focus = (input: HTMLInputElement | null) => {
  input?.focus();
};

function Field({
  first = false,
  label,
  hint,
  value,
  most,
  onChange,
}: {
  /** Takes the focus when it is drawn. */
  readonly first?: boolean;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly most: number;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        ref={first ? focus : null}
        aria-describedby={`${id}-hint`}
        value={value}
        maxLength={most}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className="mt-1 h-8 w-full rounded-lg border border-edge bg-surface px-2.5"
      />
      <p id={`${id}-hint`} className="mt-1 text-small text-dim">
        {hint}
      </p>
    </div>
  );
}
