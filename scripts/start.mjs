// `npm start`: builds what is missing, then becomes the server.
import { buildIfStale } from './build.mjs'

await buildIfStale()
process.env.NODE_ENV ??= 'production'
await import('../dist/server/main.js')
