// npm run bench:editor -- [--json FILE] [--only REGEX]: the editor in headless Chromium on a server of its own.
// With DATABASE_URL on a PostgreSQL server, else on the embedded database.
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { launch } from '../chromium.ts'
import { build, FLAGS } from '../server-process.ts'
import { type EditorLine, failedLine } from './line.ts'
import { editorTable } from './table.ts'
import { WORKS } from './works.ts'
import { createWorld } from './world.ts'

const SIZES = fileURLToPath(new URL('../../bundle-size.mjs', import.meta.url))

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string', default: '' } },
})
const only = new RegExp(options.only)
const lines: EditorLine[] = []
const add = (line: EditorLine) => {
  lines.push(line)
  process.stderr.write(`${editorTable([line]).split('\n').at(-1)}\n`)
}

// What asks the server, and the floor beside it: going through their own heaps they would take the cores while it is timed.
for (const flag of FLAGS) if (/marking/.test(flag)) setFlagsFromString(flag)

await build()
const port = Number(process.env.PORT ?? 18_000 + Math.floor(Math.random() * 2000))
const world = await createWorld(port, process.env.DATABASE_URL)
const browser = await launch()
try {
  for (const [name, work] of WORKS)
    if (only.test(name))
      await work({ browser, world, add }).catch((error: unknown) => add(failedLine(name, reason(error))))
  if (only.test('javascript')) add(await javascriptLine())
} finally {
  await browser.close()
  await world.stop()
}
process.stdout.write(`\n${editorTable(lines)}\n`)
if (options.json) await writeFile(options.json, `${JSON.stringify(lines, null, 2)}\n`)

/** What failed, and why it did. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause ? `: ${error.cause}` : ''
  return `${error}${cause}`.slice(0, 500)
}

/** Runs scripts/bundle-size.mjs, which builds in memory. */
async function javascriptLine(): Promise<EditorLine> {
  const output = await promisify(execFile)(process.execPath, [SIZES], { maxBuffer: 2 ** 24 }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout ?? '',
  )
  const kb = Number(/^LabelPage\s+([\d.]+) KB/m.exec(output)?.[1] ?? Number.NaN)
  return {
    ...failedLine('JavaScript of the editor, gzip, KB', ''),
    ms: kb,
    limit: 250,
    ok: kb <= 250,
    note: 'all that is loaded before a task is drawn',
  }
}
