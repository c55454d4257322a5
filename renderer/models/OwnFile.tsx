import { useState } from 'react';
import { useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { sentenceOf } from '../ui/format.ts';
import { Note, Panel } from '../ui/parts.tsx';

/** A GGUF file that the person names by its path, in place of the catalogue's. */
export function OwnFile() {
  const { bridge, view } = useAssistant();
  const models = useView((each) => each.models);
  const model = useView((each) => each.settings?.model);
  const [path, setPath] = useState('');
  const [alias, setAlias] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const words = strings.shelf;
  if (!model) return null;
  const kind =
    alias ?? (models.some((each) => each.alias === model.use) ? model.use : models[0]?.alias) ?? '';
  const take = async (file: string | null) => {
    const wanted = file === null ? { alias: model.use } : { alias: kind, file };
    try {
      const settings = await bridge.call('models.use', wanted);
      view.setState({ settings, models: await bridge.call('models.list', {}) });
      setFault(null);
      setPath('');
    } catch (thrown) {
      setFault(sentenceOf(thrown));
    }
  };
  const use = (file: string | null) => void take(file);
  return (
    <Panel className="px-4 py-3">
      <p className="text-small text-dim">{words.ownHint}</p>
      {model.file && (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <p className="min-w-0 flex-1 text-small break-all">{words.ownInUse(model.file)}</p>
          <Button small onClick={() => use(null)}>
            {words.ownBack}
          </Button>
        </div>
      )}
      <form
        className="mt-2 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim() !== '') use(path.trim());
        }}
      >
        <label className="min-w-0 flex-[1_1_240px] text-small text-dim">
          {words.ownPath}
          <input
            value={path}
            spellCheck={false}
            maxLength={4096}
            placeholder={words.pathExample}
            onChange={(event) => setPath(event.target.value)}
            className="mt-0.5 h-8 w-full rounded-lg border border-edge bg-surface px-2.5 text-ink placeholder:text-faint"
          />
        </label>
        <label className="text-small text-dim">
          {words.ownOf}
          <select
            value={kind}
            onChange={(event) => setAlias(event.target.value)}
            className="mt-0.5 block h-8 max-w-full rounded-lg border border-edge bg-surface px-2 text-ink"
          >
            {models.map((each) => (
              <option key={each.alias} value={each.alias}>
                {each.title}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" disabled={path.trim() === ''}>
          {words.ownUse}
        </Button>
      </form>
      {fault !== null && (
        <div role="alert" className="mt-2">
          <Note tone="bad">{fault}</Note>
        </div>
      )}
    </Panel>
  );
}
