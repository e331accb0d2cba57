// Puts what was measured into docs/performance.md.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const PAGE = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))

/** @param marks the lines that stand before and behind it @throws Error if the page has no such marks */
export async function writeBetween(marks: readonly [string, string], text: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8')
  const [before, rest] = page.split(marks[0])
  const after = rest?.split(marks[1])[1]
  if (before === undefined || after === undefined) throw new Error(`${PAGE} has no ${marks.join(' … ')}`)
  await writeFile(PAGE, `${before}${marks[0]}\n\n${text}\n\n${marks[1]}${after}`)
}
