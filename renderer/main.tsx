import './noEval.ts';
import './tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connectAssistant } from './bridge.ts';
import { AssistantProvider, createAssistant } from './store.ts';
import { readTheme, setTheme } from './theme.ts';
import { now } from './clock.ts';

setTheme(readTheme());
const root = document.getElementById('root');
if (root) {
  const assistant = createAssistant(connectAssistant(), now);
  createRoot(root).render(
    <StrictMode>
      <AssistantProvider value={assistant}>
        <App />
      </AssistantProvider>
    </StrictMode>,
  );
}
