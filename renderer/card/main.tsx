import '../noEval.ts';
import '../tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectAssistant } from '../bridge.ts';
import { openLanguage, useLanguage } from '../language.ts';
import { AssistantProvider, type Assistant } from '../store.ts';
import { readTheme, setTheme } from '../theme.ts';
import { createCardAssistant } from './cardStore.ts';
import { CardWindow } from './CardWindow.tsx';

function Root({ assistant }: { readonly assistant: Assistant }) {
  useLanguage();
  return (
    <StrictMode>
      <AssistantProvider value={assistant}>
        <CardWindow />
      </AssistantProvider>
    </StrictMode>
  );
}

setTheme(readTheme());
// The other window chose another look.
addEventListener('storage', () => setTheme(readTheme()));
const root = document.getElementById('root');
if (root) {
  const assistant = createCardAssistant(connectAssistant());
  await openLanguage();
  createRoot(root).render(<Root assistant={assistant} />);
}
