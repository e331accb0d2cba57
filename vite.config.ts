import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { aheadFirst, BASE, FLOATING, pageChunks } from './scripts/page-chunks.ts'
import type { Endpoint } from './src/contract/endpoint.ts'
import { endpoints } from './src/contract/endpoints.ts'

/** What most pages and their parts share goes into one more file, for the same reason; less shared, pages would carry what they do not need. */
const GROUPS = [
  { name: 'base', test: BASE, priority: 2 },
  { name: 'floating', test: FLOATING, includeDependenciesRecursively: false, priority: 2 },
  { name: 'shared', minShareCount: 30, priority: 1 },
  pageChunks(fileURLToPath(new URL('.', import.meta.url))),
]

export default defineConfig({
  plugins: [react(), endpointNames(), aheadFirst()],
  resolve: {
    alias: [
      // One file instead of six thousand: the dev server would load each icon by itself.
      { find: '@tabler/icons-react', replacement: '@tabler/icons-react/dist/esm/icons/index.mjs' },
      { find: /^typebox$/, replacement: fileURLToPath(new URL('./src/web/schema-names.ts', import.meta.url)) },
      {
        find: /^(react-)?i18next$/,
        replacement: fileURLToPath(new URL('./src/web/texts/catalogue.ts', import.meta.url)),
      },
    ],
  },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 600,
    // Every browser of that target knows it.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: {
    // The host stays as the browser sent it, so that the server's same-site check holds in development too.
    proxy: { '/api': { target: process.env.PIXLHUB_API ?? 'http://localhost:8080', changeOrigin: false } },
  },
})

/**
 * The page's client needs of each endpoint its method, its path and the names of its fields; the schemas are the server's.
 * So the built page gets the table without them: 2 KB in place of 20 (both gzipped).
 */
function endpointNames(): Plugin {
  const named = Object.entries<Endpoint>(endpoints).map(([name, e]) => [
    name,
    { method: e.method, path: e.path, ...field('query', e.query), ...field('body', e.body) },
  ])
  return {
    name: 'endpoint-names',
    enforce: 'pre',
    load(id) {
      if (!/\/src\/contract\/endpoints\.ts$/.test(id)) return
      return { code: `export const endpoints = ${JSON.stringify(Object.fromEntries(named))}`, moduleType: 'js' }
    },
  }
}

function field(name: 'query' | 'body', schema: Endpoint['body']): object {
  if (!schema || schema === 'bytes') return schema ? { [name]: schema } : {}
  const names = Object.keys((schema as { properties?: object }).properties ?? {})
  return { [name]: { properties: Object.fromEntries(names.map((n) => [n, 0])) } }
}
