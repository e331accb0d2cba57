// JavaScript that each page loads before it is drawn, gzipped: `node scripts/bundle-size.mjs`.
// Builds in memory and follows static imports: those of the entry, of the page and of its texts. `--modules` adds what
// the frame is made of. Exits with 1 when a page is over the limit.
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { ROOT } from './build.mjs'

const LIMIT_KB = 250

const { output } = await build({ root: ROOT, logLevel: 'warn', build: { write: false } })
const chunks = new Map(output.filter((o) => o.type === 'chunk').map((chunk) => [chunk.fileName, chunk]))
const sizes = new Map([...chunks.values()].map((chunk) => [chunk.fileName, gzipSync(chunk.code, { level: 9 }).length]))
const entry = [...chunks.values()].find((chunk) => chunk.isEntry)

/** The chunk that holds a file of src/web. */
function chunkOf(file) {
  const found = [...chunks.values()].find((chunk) => chunk.moduleIds.some((id) => id.endsWith(`/src/web/${file}`)))
  if (!found) throw new Error(`${file} is in no chunk`)
  return found.fileName
}

/** The chunks and everything that they import, except by import(). */
function closure(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name) || !chunks.has(name)) continue
    found.add(name)
    closure(chunks.get(name).imports, found)
  }
  return found
}

const total = (names) => [...closure(names)].reduce((sum, name) => sum + sizes.get(name), 0) / 1000

const router = await readFile(`${ROOT}/src/web/router.tsx`, 'utf8')
const pages = [...router.matchAll(/page\(\(\) => import\('\.\/(pages\/[\w/-]+\.tsx)'\)([^)]*)\)/g)].map(
  ([, file, parts]) => {
    const name = /(\w+)\.tsx$/.exec(file)[1]
    const texts = [...parts.matchAll(/'(\w+)'/g)].map(([, part]) => `texts/en-${part}.ts`)
    return { name, files: [file, ...texts] }
  },
)

console.log(`frame ${total([entry.fileName]).toFixed(1)} KB`)
let isOver = false
for (const { name, files } of pages) {
  const kb = total([entry.fileName, ...files.map(chunkOf)])
  isOver ||= kb > LIMIT_KB
  console.log(`${name.padEnd(26)}${kb.toFixed(1).padStart(7)} KB${kb > LIMIT_KB ? `  over ${LIMIT_KB}` : ''}`)
}
if (process.argv.includes('--modules')) listModules()
process.exitCode = isOver ? 1 : 0

/** What the frame is made of, by package and by folder of our own; sizes before gzip. */
function listModules() {
  const parts = new Map()
  for (const name of closure([entry.fileName]))
    for (const [id, { renderedLength }] of Object.entries(chunks.get(name).modules)) {
      const part = /node_modules\/((?:@[^/]+\/)?[^/]+(?:.*\/components\/[^/]+)?)/.exec(id)?.[1] ?? id.replace(ROOT, '')
      parts.set(part, (parts.get(part) ?? 0) + renderedLength)
    }
  for (const [part, bytes] of [...parts].sort((a, b) => b[1] - a[1]).slice(0, 70))
    console.log(`${(bytes / 1000).toFixed(1).padStart(8)} KB  ${part}`)
}
