import { defineConfig } from 'electron-vite';
import page from './renderer/vite.config.ts';

/** A sandboxed preload cannot use ESM or be split: one CommonJS file. */
export default defineConfig({
  main: {
    build: {
      sourcemap: false,
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          coreProcess: 'electron/coreProcess.ts',
          llmProcess: 'electron/llmProcess.ts',
          keysProcess: 'electron/keysProcess.ts',
          logThread: 'src/log/workerThread.ts',
        },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: page,
});
