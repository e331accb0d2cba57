// npm run openapi: writes docs/openapi.json from the contract. With --check it only compares.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApp } from '../src/server/app.ts'
import { readConfig } from '../src/server/config.ts'

const FILE = new URL('../docs/openapi.json', import.meta.url)
const SILENT = { info() {}, warn() {}, error: console.error }

const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-openapi-'))
const { server, close } = await startApp(readConfig({ PIXLHUB_DATA: data_dir }), SILENT)
const text = `${JSON.stringify(server.swagger(), null, 2)}\n`
await close()
await rm(data_dir, { recursive: true, force: true })

if (process.argv.includes('--check')) {
  const committed = await readFile(FILE, 'utf8').catch(() => '')
  if (committed !== text) {
    process.stderr.write('docs/openapi.json differs from the contract. Run: npm run openapi\n')
    process.exit(1)
  }
} else await writeFile(FILE, text)
