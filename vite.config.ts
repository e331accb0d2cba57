import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      // One file instead of six thousand: the dev server would load each icon by itself.
      { find: '@tabler/icons-react', replacement: '@tabler/icons-react/dist/esm/icons/index.mjs' },
      { find: /^typebox$/, replacement: fileURLToPath(new URL('./src/web/schema-names.ts', import.meta.url)) },
    ],
  },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 600,
  },
  server: {
    // The host stays as the browser sent it, so that the server's same-site check holds in development too.
    proxy: { '/api': { target: process.env.PIXLHUB_API ?? 'http://localhost:8080', changeOrigin: false } },
  },
})
