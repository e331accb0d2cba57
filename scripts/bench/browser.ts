// The Tasks page in a real browser: a cold load, quick scrolling, a scrollbar dragged over all rows.
// By itself: node scripts/bench/browser.ts URL E-MAIL PASSWORD PROJECT_ID [TASKS] prints a line of JSON per figure.
import type { Browser, CDPSession, Page } from '@playwright/test'
import type { BrowserAt, BrowserFigures } from './browser-part.ts'
import { launch, SESSION_COOKIE, VIEWPORT } from './chromium.ts'
import { type About, median, percentile, valueLine } from './measure.ts'

// What runs inside the page is compiled here, in Node's world: the few names of the other that it needs.
declare const document: {
  querySelector(selector: string): { scrollTop: number } | null
  querySelectorAll(
    selector: string,
  ): readonly { textContent: string | null; getAttribute(name: string): string | null }[]
}
declare const window: object
declare const requestAnimationFrame: (step: (now: number) => void) => void
declare class MutationObserver {
  constructor(seen: () => void)
  observe(of: object, what: object): void
  disconnect(): void
}

const COLD_LOADS = 5
/** px of a turn of the wheel, sent as often as the browser takes them: some 150 rows a second. */
const WHEEL_PX = 100
const WHEEL_MS = 5000
/** About what the grid shows, and more rows than the wheel passes. */
const PLAIN_COLUMNS = 14
const PLAIN_ROWS = 3000
const DRAG_STEPS = 150
/** px below the scrollbar's top: on its thumb, under the arrow that Chromium draws on Linux. */
const THUMB_PX = 24
const GRID = '[role=grid]'
const FIRST_ROW = `${GRID} [role=row][aria-rowindex="2"]:not([aria-busy])`

/** `javascript_kb`: what came before the first rows, as sent. */
type Figures = BrowserFigures & { javascript_kb: number }

/** @throws Error if the page does not come, or shows no rows within half a minute */
export async function measureBrowser(at: BrowserAt): Promise<Figures> {
  // The scrollbar is what is dragged.
  const browser = await launch({ ignoreDefaultArgs: ['--hide-scrollbars'] })
  try {
    const loads: ColdLoad[] = []
    for (let i = 0; i < COLD_LOADS; i++) loads.push(await coldLoad(browser, at))
    const plain = await plainTable(browser)
    const scrolled = await scrolling(browser, at)
    const times = loads.map((l) => l.usable_ms)
    const note = [
      `cold loads ${times.map(Math.round).join(', ')} ms, ${median(loads.map((l) => l.requests))} requests each`,
      scrolled.note,
    ].join('; ')
    return {
      ...scrolled,
      plain_p95_ms: percentile(plain.wheel, 95),
      plain_drag_p95_ms: percentile(plain.drag, 95),
      usable_ms: median(times),
      javascript_kb: median(loads.map((l) => l.javascript_kb)),
      note,
    }
  } finally {
    await browser.close()
  }
}

type ColdLoad = { usable_ms: number; javascript_kb: number; requests: number }

async function coldLoad(browser: Browser, at: BrowserAt): Promise<ColdLoad> {
  const page = await opened(browser, at)
  await page.addInitScript((selector) => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector(selector) || Object.hasOwn(window, 'usable_ms')) return
      seen.disconnect()
      Object.assign(window, { usable_ms: 0 })
      // Painted: the frame after the one that holds the rows.
      requestAnimationFrame(() => requestAnimationFrame(() => Object.assign(window, { usable_ms: performance.now() })))
    })
    seen.observe(document, { childList: true, subtree: true, attributes: true })
  }, FIRST_ROW)
  await page.goto(tasksUrl(at))
  await page.waitForFunction(() => (window as { usable_ms?: number }).usable_ms, undefined, { polling: 20 })
  const load = await page.evaluate(() => {
    const usable_ms = (window as unknown as { usable_ms: number }).usable_ms
    const before = performance.getEntriesByType('resource').filter((e) => e.startTime < usable_ms)
    const scripts = (before as unknown as { name: string; encodedBodySize: number }[]).filter((e) =>
      /\.js(\?|$)/.test(e.name),
    )
    return {
      usable_ms,
      javascript_kb: scripts.reduce((sum, e) => sum + e.encodedBodySize, 0) / 1000,
      requests: before.length,
    }
  })
  await page.context().close()
  return load
}

/** Frames of a table that is nothing but HTML, all of it there: the floor of this machine and browser. */
async function plainTable(browser: Browser): Promise<{ wheel: number[]; drag: number[] }> {
  const page = await browser.newPage({ viewport: VIEWPORT })
  const cells = (row: number) => Array.from({ length: PLAIN_COLUMNS }, (_, i) => `<td>cell ${row} ${i}</td>`).join('')
  const rows = Array.from({ length: PLAIN_ROWS }, (_, row) => `<tr>${cells(row)}</tr>`).join('')
  const style =
    'div{height:1000px;overflow:auto;font:13px sans-serif}tr{height:32px}td{width:120px;border-bottom:1px solid #ddd}'
  await page.setContent(`<style>${style}</style><div><table>${rows}</table></div>`)
  await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2)
  const wheel = await frames(page, () => turned(page))
  const scroller = await boxOf(page, 'div')
  await toTop(page, 'div')
  const drag = await frames(page, () => dragThumb(page, scroller))
  await page.close()
  return { wheel, drag }
}

async function turned(page: Page): Promise<void> {
  const until = performance.now() + WHEEL_MS
  while (performance.now() < until) await page.mouse.wheel(0, WHEEL_PX)
}

async function scrolling(browser: Browser, at: BrowserAt) {
  const page = await opened(browser, at)
  await page.goto(tasksUrl(at))
  await page.waitForSelector(FIRST_ROW)
  const session = await page.context().newCDPSession(page)
  // What the page loads ahead when it is calm is not part of scrolling.
  await page.waitForTimeout(4000)
  const grid = await boxOf(page, GRID)
  await page.mouse.move(grid.x + grid.width / 2, grid.y + grid.height / 2)

  const still = await frames(page, () => page.waitForTimeout(1000))
  const wheel = await frames(page, () => turned(page))
  const nodes = await countNodes(page)
  const rows = await middleRow(page)
  const drag = await dragged(page, grid)
  const p95 = (times: number[]) => Math.round(percentile(times, 95) * 10) / 10
  return {
    frame_p95_ms: percentile(wheel, 95),
    drag_p95_ms: percentile(drag.frames, 95),
    rest_ms: drag.rest_ms,
    nodes: Math.max(nodes, await countNodes(page)),
    heap_mb: await heap(session),
    note: [
      `wheel: ${rows} rows in ${WHEEL_MS / 1000} s, p50 ${Math.round(median(wheel) * 10) / 10} ms, longest ${Math.round(percentile(wheel, 100))} ms (at rest p95 ${p95(still)} ms)`,
      `drag over all rows: p95 ${p95(drag.frames)} ms, ${drag.requests} requests, last rows ${Math.round(drag.rest_ms)} ms after it`,
    ].join('; '),
  }
}

const countNodes = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length)

type Box = { x: number; y: number; width: number; height: number }

async function boxOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).first().boundingBox()
  if (!box) throw new Error(`${selector} is not on the screen`)
  return box
}

async function toTop(page: Page, selector: string): Promise<void> {
  await page.evaluate((of) => {
    const scroller = document.querySelector(of)
    if (scroller) scroller.scrollTop = 0
  }, selector)
  await page.waitForTimeout(1500)
}

/** A drag of the real scrollbar from its top to its bottom, as quickly as the browser takes the moves. */
async function dragThumb(page: Page, { x, y, width, height }: Box): Promise<void> {
  const on = x + width - 7
  const [from, to] = [y + THUMB_PX, y + height + 40]
  await page.mouse.move(on, from)
  await page.mouse.down()
  for (let i = 1; i <= DRAG_STEPS; i++) await page.mouse.move(on, from + ((to - from) * i) / DRAG_STEPS)
  await page.mouse.up()
}

async function dragged(page: Page, grid: Box) {
  await toTop(page, GRID)
  let requests = 0
  const count = (request: { url(): string }) => {
    if (/\/tasks\?/.test(request.url())) requests += 1
  }
  page.on('request', count)
  const measured = await frames(page, () => dragThumb(page, grid))
  page.off('request', count)
  const start = performance.now()
  const rowcount = await page.locator(GRID).first().getAttribute('aria-rowcount')
  await page.waitForSelector(`[role=row][aria-rowindex="${rowcount}"]:not([aria-busy])`, { timeout: 10_000 })
  return { frames: measured, requests, rest_ms: performance.now() - start }
}

/** ms between the frames that the page gets while `act` goes on. */
async function frames(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => {
    const state = { times: [] as number[], isOn: true }
    Object.assign(window, { frames: state })
    let last = performance.now()
    const step = (now: number) => {
      state.times.push(now - last)
      last = now
      if (state.isOn) requestAnimationFrame(step)
    }
    requestAnimationFrame((now) => {
      last = now
      requestAnimationFrame(step)
    })
  })
  await act()
  return page.evaluate(() => {
    const { frames: state } = window as unknown as { frames: { times: number[]; isOn: boolean } }
    state.isOn = false
    return state.times
  })
}

const middleRow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll('[role=rowgroup] [role=row]')]
    const numbers = rows.map((r) => Number(r.getAttribute('aria-rowindex'))).sort((a, b) => a - b)
    return numbers[Math.floor(numbers.length / 2)] ?? 0
  })

async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 2 ** 20
}

const tasksUrl = ({ url, project_id }: BrowserAt) => `${url}/projects/${project_id}/tasks`

/** A browser profile of its own, with nothing in its cache, signed in. */
async function opened(browser: Browser, { url, session }: BrowserAt): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT })
  await context.addCookies([{ name: SESSION_COOKIE, value: session, url }])
  return context.newPage()
}

/** @returns the session's cookie. @throws Error with the answer, if it is a refusal */
async function signIn(url: string, email: string, password: string): Promise<string> {
  const reply = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  const session = new RegExp(`${SESSION_COOKIE}=([^;]+)`).exec(reply.headers.get('set-cookie') ?? '')?.[1]
  if (!session) throw new Error(`signing in as ${email}: ${reply.status} ${await reply.text()}`)
  return session
}

if (import.meta.main) {
  const [url, email, password, project_id, tasks = '0'] = process.argv.slice(2)
  if (!url || !email || !password || !project_id)
    throw new Error('node scripts/bench/browser.ts URL E-MAIL PASSWORD PROJECT_ID [TASKS]')
  const session = await signIn(url, email, password)
  const figures = await measureBrowser({ url, session, project_id: Number(project_id) })
  const about: About = { database: 'server', tasks: Number(tasks) }
  const { note } = figures
  for (const [key, work, value, unit] of [
    ['browser_usable', 'cold load until rows are painted', figures.usable_ms, 'ms'],
    ['browser_frame', 'frame while the wheel turns quickly, p95', figures.frame_p95_ms, 'ms'],
    ['browser_plain', 'the same wheel over a plain table of text, p95', figures.plain_p95_ms, 'ms'],
    ['browser_frame.drag', 'frame while the scrollbar is dragged over all rows, p95', figures.drag_p95_ms, 'ms'],
    ['browser_plain_drag', 'the same drag over a plain table of text, p95', figures.plain_drag_p95_ms, 'ms'],
    ['browser_rest', 'from the end of the drag until the last rows are there', figures.rest_ms, 'ms'],
    ['browser_nodes', 'DOM nodes at 1920 × 1080', figures.nodes, 'nodes'],
    ['browser_javascript', 'JavaScript before the first rows, as sent', figures.javascript_kb, 'KB'],
    ['browser_heap', 'JavaScript heap after all that', figures.heap_mb, 'MB'],
  ] as const)
    process.stdout.write(`${JSON.stringify(valueLine(about, { key, work, value, unit, note }))}\n`)
}
