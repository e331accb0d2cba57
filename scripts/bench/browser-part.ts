// The Tasks page in a real browser, if there is one: the built server answers, browser.ts looks.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CHROMIUM } from './chromium.ts'
import { type About, type Line, valueLine, wordLine } from './measure.ts'
import type { Seeded } from './seed.ts'

const BUILD = fileURLToPath(new URL('../build.mjs', import.meta.url))

export type BrowserAt = {
  url: string
  project_id: number
  /** Value of the cookie that signs the manager in. */
  session: string
}
export type BrowserFigures = {
  /** From the address to rows that can be used, nothing cached. */
  usable_ms: number
  /** 95th percentile of the time between two frames while scrolling. */
  frame_p95_ms: number
  /** The floor: the same wheel over as many cells of plain HTML. */
  plain_p95_ms: number
  /** The same while the scrollbar is dragged over all rows. */
  drag_p95_ms: number
  /** Its floor: the same drag over the plain table. */
  plain_drag_p95_ms: number
  /** From the end of the drag until the last rows are there. */
  rest_ms: number
  /** Elements in the document while scrolling, at most. */
  nodes: number
  /** The page's JavaScript, after all that. */
  heap_mb: number
  note: string
}

/** @param withPages runs some work against the built server, which also serves the pages */
export async function browserLines(
  about: About,
  { project_id, session }: Seeded,
  withPages: (work: (port: number) => Promise<void>) => Promise<void>,
  add: (line: Line) => void,
): Promise<void> {
  if (!existsSync(CHROMIUM)) {
    add(wordLine(about, 'browser', 'the Tasks page in a browser', `skipped: there is no ${CHROMIUM}; set CHROMIUM`))
    return
  }
  await promisify(execFile)(process.execPath, [BUILD])
  // Loaded here only: a machine without a browser need not have what drives one.
  const { measureBrowser } = await import('./browser.ts')
  await withPages(async (port) => {
    const found = await measureBrowser({
      url: `http://127.0.0.1:${port}`,
      project_id,
      session,
    })
    const figure = (key: string, work: string, value: number, unit: string, note = '') =>
      add(valueLine(about, { key, work: `browser: ${work}`, value, unit, ...(note ? { note } : {}) }))
    figure('browser_usable', 'table usable after a cold load', found.usable_ms, 'ms', found.note)
    figure('browser_frame', 'frame time while the wheel turns, p95', found.frame_p95_ms, 'ms')
    figure('browser_plain', 'the same wheel over a plain table of text, p95', found.plain_p95_ms, 'ms')
    figure('browser_frame.drag', 'frame time while the scrollbar is dragged, p95', found.drag_p95_ms, 'ms')
    figure('browser_plain_drag', 'the same drag over a plain table of text, p95', found.plain_drag_p95_ms, 'ms')
    figure('browser_rest', 'last rows after a drag over all', found.rest_ms, 'ms')
    figure('browser_nodes', 'DOM nodes while scrolling, at most', found.nodes, 'nodes')
    figure('browser_heap', 'JavaScript heap after all that', found.heap_mb, 'MB')
  })
}
