import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** All that a module imports, not counting what it fetches later. */
function reached(graph: Graph, from: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(from)) return found;
  found.add(from);
  for (const id of graph.getModuleInfo(from)?.importedIds ?? []) reached(graph, id, found);
  return found;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * What each window starts with comes in one file or two, not in thirty: every one is a request to the core before
 * anything is drawn. The card's window leaves out what only the other one draws.
 */
function chunkOf(id: string, graph: Graph): string | null {
  if (id === here('main.tsx') || !reached(graph, here('main.tsx')).has(id)) return null;
  return reached(graph, here('card/main.tsx')).has(id) ? 'both' : 'start';
}

/** The page alone, for its own builds and tests; electron-vite uses the same settings. Nothing is inlined: CSP. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: fileURLToPath(new URL('../out/renderer', import.meta.url)),
    emptyOutDir: true,
    sourcemap: false,
    target: 'chrome130',
    assetsInlineLimit: 0,
    // electron-vite leaves it out: half the bytes are read and compiled before the first paint.
    minify: true,
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false },
    rollupOptions: {
      // Schemas that the page never parses with are left out, and not made when it starts.
      treeshake: { manualPureFunctions: ['z'] },
      output: {
        codeSplitting: {
          groups: [
            { name: 'schemas', test: /[\\/]node_modules[\\/]zod[\\/]/, priority: 1 },
            { name: chunkOf, debugName: 'start', test: /\.[cm]?[jt]sx?$/ },
          ],
        },
      },
      input: {
        index: fileURLToPath(new URL('index.html', import.meta.url)),
        card: fileURLToPath(new URL('card.html', import.meta.url)),
      },
    },
  },
});
