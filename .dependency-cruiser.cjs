// The layers of docs/decisions/layers.md: data flows one way, and every platform library has one door.
const STAGES =
  'monitors|privacy|log|observations|llm|agent|suggestions|operations|mcp|feedback|reward|export|replay|proactivebench|annotation|study';
const SHARED = '^src/(model/|reading/|errors\\.ts|paths\\.ts|rpc\\.ts|dbus\\.ts|writing\\.ts)';
const only = (name, library, folder, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: folder },
  to: { path: library, dependencyTypesNot: ['type-only'] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'stage-imports-only-itself-and-model',
      comment:
        'A stage meets other stages through the interfaces in src/model, injected by a composition root.',
      severity: 'error',
      from: { path: `^src/(${STAGES})/` },
      to: { path: '^(src|electron|renderer)/', pathNot: [`^src/$1/`, SHARED] },
    },
    {
      name: 'model-imports-nothing-of-ours',
      comment: 'src/model and errors.ts are the bottom layer.',
      severity: 'error',
      from: { path: '^src/(model/|errors\\.ts)' },
      to: { path: '^(src|electron|renderer)/', pathNot: '^src/(model/|errors\\.ts)' },
    },
    {
      name: 'core-knows-no-host',
      comment: 'The core runs unchanged in Electron, browser mode and headless.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(electron|renderer)/' },
    },
    {
      name: 'renderer-sees-only-the-contract',
      comment: 'The page gets types and schemas from the contract and the model, nothing else.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: {
        path: '^(src|electron)/',
        pathNot: '^src/(contract(/|\\.ts)|rpc\\.ts|errors\\.ts|settings\\.ts|model/)',
      },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans-outside-entries',
      severity: 'warn',
      from: { orphan: true, pathNot: '(\\.d\\.ts$|vite-env|\\.config\\.ts$)' },
      to: {},
    },
    only(
      'only-electron-imports-electron',
      '(^|/)node_modules/electron/',
      '^(electron|electron\\.vite\\.config)',
      '',
    ),
    only(
      'only-renderer-imports-react',
      '(^|/)node_modules/(react|react-dom|zustand|radix-ui)/',
      '^renderer/',
      '',
    ),
    only(
      'only-llama-imports-node-llama-cpp',
      '(^|/)node_modules/node-llama-cpp/',
      '^src/llm/llama\\.ts$',
      '',
    ),
    only('only-mcp-imports-its-sdk', '(^|/)node_modules/@modelcontextprotocol/', '^src/mcp/', ''),
    only('only-log-imports-sqlite', '(^|/)node_modules/better-sqlite3-multiple-ciphers/', '^src/log/', ''),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
