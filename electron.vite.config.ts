import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

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
  renderer: {
    root: 'renderer',
    plugins: [react(), tailwindcss()],
    build: { sourcemap: false, outDir: 'out/renderer', rollupOptions: { input: 'renderer/index.html' } },
  },
});
