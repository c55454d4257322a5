// Preloaded beside the built main process: `electron` is the fake, with whatever names the fake has.
import { registerHooks } from 'node:module';
import { createFake } from './fake.ts';

const fake = createFake({});
globalThis.fakeElectron = fake;
const names = Object.keys(fake.api);
const text = `const { api } = globalThis.fakeElectron;\n${names.map((name) => `export const ${name} = api.${name};`).join('\n')}\n`;
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron'
      ? { url: `data:text/javascript,${encodeURIComponent(text)}`, shortCircuit: true }
      : next(name, context),
});
