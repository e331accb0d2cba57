// `npm start`: builds what is missing, then becomes the server.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// In a process of its own: a build takes a gigabyte, and the server would keep it.
const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('./build.mjs', import.meta.url))], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)
process.env.NODE_ENV ??= 'production'
await import('../dist/server/main.js')
