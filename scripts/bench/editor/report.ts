// node scripts/bench/editor/report.ts FILE: writes the table of a run of bench:editor into docs/performance.md.
import { readFile } from 'node:fs/promises'
import { writeBetween } from '../write-page.ts'
import type { EditorLine } from './line.ts'
import { editorTable } from './table.ts'

const MARKS = ['<!-- editor: start -->', '<!-- editor: end -->'] as const

const [file] = process.argv.slice(2)
if (!file) throw new Error('name the JSON file of the run: node scripts/bench/editor/report.ts editor.json')
const lines = JSON.parse(await readFile(file, 'utf8')) as EditorLine[]
const judged = lines.filter((l) => l.ok !== null)
const verdict = `${judged.filter((l) => l.ok).length} of ${judged.length} limits held.`
await writeBetween(MARKS, `${editorTable(lines)}\n\n${verdict}`)
