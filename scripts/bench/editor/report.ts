// node scripts/bench/editor/report.ts FILE: writes the table of a run of bench:editor into docs/performance.md.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { EditorLine } from './line.ts'
import { editorTable } from './table.ts'

const PAGE = fileURLToPath(new URL('../../../docs/performance.md', import.meta.url))
const MARKS = ['<!-- editor: start -->', '<!-- editor: end -->'] as const

const [file] = process.argv.slice(2)
if (!file) throw new Error('name the JSON file of the run: node scripts/bench/editor/report.ts editor.json')
const lines = JSON.parse(await readFile(file, 'utf8')) as EditorLine[]
const judged = lines.filter((l) => l.ok !== null)
const verdict = `${judged.filter((l) => l.ok).length} of ${judged.length} limits held.`
const page = await readFile(PAGE, 'utf8')
const [before, rest] = page.split(MARKS[0])
const after = rest?.split(MARKS[1])[1]
if (before === undefined || after === undefined) throw new Error(`${PAGE} has no ${MARKS.join(' … ')}`)
await writeFile(PAGE, `${before}${MARKS[0]}\n\n${editorTable(lines)}\n\n${verdict}\n\n${MARKS[1]}${after}`)
