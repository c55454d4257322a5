import './noEval.ts';
import './tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connectAssistant } from './bridge.ts';
import { AssistantProvider, createAssistant, type Assistant } from './store.ts';
import { readTheme, setTheme } from './theme.ts';
import { now } from './clock.ts';
import { openLanguage, useLanguage } from './language.ts';

/** Drawn anew, every text of it, when the language changes; what is open and has the focus stays. */
function Root({ assistant }: { readonly assistant: Assistant }) {
  useLanguage();
  return (
    <StrictMode>
      <AssistantProvider value={assistant}>
        <App />
      </AssistantProvider>
    </StrictMode>
  );
}

setTheme(readTheme());
const root = document.getElementById('root');
if (root) {
  const assistant = createAssistant(connectAssistant(), now);
  await openLanguage();
  createRoot(root).render(<Root assistant={assistant} />);
}
