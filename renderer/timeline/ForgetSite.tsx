import { useState } from 'react';
import { useActions } from '../store.ts';
import { strings } from '../strings.ts';
import { Confirm } from '../ui/Dialog.tsx';

/** Asks for a site and forgets it with what is below it. */
export function ForgetSite({ onClose }: { readonly onClose: () => void }) {
  const { forget } = useActions();
  const [site, setSite] = useState('');
  const wanted = site.trim();
  return (
    <Confirm
      title={strings.settings.siteAsk}
      body={strings.timeline.cascade}
      action={strings.timeline.delete}
      disabled={wanted === '' || wanted.length > 253}
      onClose={onClose}
      onConfirm={() => void forget({ site: wanted }).then((worked) => worked && onClose())}
    >
      <label className="mt-4 block text-small text-dim">
        {strings.settings.siteField}
        <input
          value={site}
          autoComplete="off"
          spellCheck={false}
          data-first
          maxLength={253}
          onChange={(event) => setSite(event.target.value)}
          className="mt-1 h-8 w-full rounded-lg border border-edge bg-surface px-2.5 text-ink"
        />
      </label>
    </Confirm>
  );
}
