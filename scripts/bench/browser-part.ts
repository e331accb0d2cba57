// The Tasks page in a real browser, if there is one: the built server answers, browser.ts looks.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type About, type Line, valueLine, wordLine } from './measure.ts'
import type { Seeded } from './seed.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const BUILD = fileURLToPath(new URL('../build.mjs', import.meta.url))
const LOOKER = new URL('./browser.ts', import.meta.url)

export type BrowserAt = {
  url: string
  project_id: number
  /** Value of the cookie that signs the manager in. */
  session: string
  /** Path of the browser. */
  chromium: string
}
export type BrowserFigures = {
  /** From the address to rows that can be used, nothing cached. */
  usable_ms: number
  /** 95th percentile of the time between two frames while scrolling. */
  frame_p95_ms: number
  /** Elements in the document while scrolling, at most. */
  nodes: number
  note?: string
}
type Looker = { measureBrowser(at: BrowserAt): Promise<BrowserFigures> }

/** @param withPages runs some work against the built server, which also serves the pages */
export async function browserLines(
  about: About,
  { project_id, session }: Seeded,
  withPages: (work: (port: number) => Promise<void>) => Promise<void>,
  add: (line: Line) => void,
): Promise<void> {
  const missing = [CHROMIUM, fileURLToPath(LOOKER)].find((path) => !existsSync(path))
  if (missing) {
    add(wordLine(about, 'browser', 'the Tasks page in a browser', `skipped: there is no ${missing}`))
    return
  }
  await promisify(execFile)(process.execPath, [BUILD])
  const { measureBrowser } = (await import(LOOKER.href)) as Looker
  await withPages(async (port) => {
    const at = { url: `http://127.0.0.1:${port}`, project_id, session, chromium: CHROMIUM }
    const { usable_ms, frame_p95_ms, nodes, note } = await measureBrowser(at)
    const figure = (key: string, work: string, value: number, unit: string) =>
      add(valueLine(about, { key, work, value, unit, ...(note ? { note } : {}) }))
    figure('browser_usable', 'browser: table usable after a cold load', usable_ms, 'ms')
    figure('browser_frame', 'browser: frame time while scrolling, p95', frame_p95_ms, 'ms')
    figure('browser_nodes', 'browser: DOM nodes while scrolling, at most', nodes, 'nodes')
  })
}
