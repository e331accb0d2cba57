// Builds the web app and the server into dist/, if anything they are made of is newer. Plain JavaScript, because
// it also runs on the oldest Node that PixlHub supports.
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { build as bundle } from 'esbuild'
import { build as buildWeb } from 'vite'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const STAMP = join(ROOT, 'dist', 'built')
const SOURCES = [
  'src',
  'index.html',
  'vite.config.ts',
  'scripts/page-chunks.ts',
  'package-lock.json',
  'scripts/build.mjs',
]
const SERVER_ENTRIES = {
  main: 'src/server/main.ts',
  'import-command': 'src/server/import-command.ts',
  'embedded-worker': 'src/server/db/embedded-worker.ts',
  'columns-worker': 'src/server/columns/worker.ts',
  'reading-worker': 'src/server/imports/reading-worker.ts',
}

/** Builds what is missing or stale. @returns {Promise<boolean>} whether it built */
export async function buildIfStale() {
  const built = await stat(STAMP).then(
    (s) => s.mtimeMs,
    () => 0,
  )
  const newest = Math.max(...(await Promise.all(SOURCES.map((source) => newestIn(join(ROOT, source))))))
  if (built > newest) return false
  process.stdout.write('Building PixlHub…\n')
  await rm(join(ROOT, 'dist'), { recursive: true, force: true })
  await Promise.all([buildServer(), buildWeb({ root: ROOT, logLevel: 'warn' }).then(packWeb)])
  await mkdir(dirname(STAMP), { recursive: true })
  await writeFile(STAMP, '')
  return true
}

async function buildServer() {
  await bundle({
    absWorkingDir: ROOT,
    entryPoints: SERVER_ENTRIES,
    outdir: 'dist/server',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
  await cp(join(ROOT, 'src/server/db/migrations'), join(ROOT, 'dist/server/migrations'), { recursive: true })
}

/** Beside each text of the web app the same packed, which the server sends in its place. */
async function packWeb() {
  const folder = join(ROOT, 'dist/web')
  const texts = (await readdir(folder, { recursive: true })).filter((name) => /\.(js|css|html)$/.test(name))
  for (const name of texts) {
    const packed = await promisify(gzip)(await readFile(join(folder, name)), { level: 9 })
    await writeFile(join(folder, `${name}.gz`), packed)
  }
}

/** Newest change below a path, in ms since epoch; tests do not count. */
async function newestIn(path) {
  const info = await stat(path).catch(() => null)
  if (!info) return 0
  if (!info.isDirectory()) return info.mtimeMs
  const names = (await readdir(path)).filter((name) => !/\.test\.tsx?$/.test(name))
  return Math.max(0, ...(await Promise.all(names.map((name) => newestIn(join(path, name))))))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfStale()
