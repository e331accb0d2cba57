// A task in a real browser, and the frames that it gets while somebody works.
import type { Browser, Page } from '@playwright/test'
import { SESSION_COOKIE, VIEWPORT } from '../chromium.ts'
import type { Frames } from './line.ts'
import type { Asset, World } from './world.ts'

// What runs inside the page is compiled here, in Node's world: the few names of the other that it needs.
declare const document: {
  querySelector(selector: string): object | null
  addEventListener(name: string, listen: (event: { key: string; timeStamp: number }) => void, options: object): void
}
declare const window: Record<string, unknown>
declare let requestAnimationFrame: (step: (now: number) => void) => number
type Drawing = { prototype: { drawImage(...args: unknown[]): void } }
declare const CanvasRenderingContext2D: Drawing
declare const OffscreenCanvasRenderingContext2D: Drawing
declare const EventTarget: {
  prototype: { addEventListener(...args: unknown[]): void; removeEventListener(...args: unknown[]): void }
}

/** What the page loads ahead when it is calm is not part of the work. */
const CALM_MS = 4000

/** A browser profile of its own, with nothing in its cache, signed in; it counts the editor's JavaScript and looks when images are drawn. */
export async function signedIn(browser: Browser, { url, session }: World): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT })
  await context.addCookies([{ name: SESSION_COOKIE, value: session, url }])
  await context.addInitScript(watch)
  return context.newPage()
}

export const taskUrl = ({ url, project_id }: World, { task_id }: Asset): string =>
  `${url}/projects/${project_id}/label?task=${task_id}`

/** Opens the task, waits until it is drawn and the page is calm. */
export async function openTask(browser: Browser, world: World, asset: Asset): Promise<Page> {
  const page = await signedIn(browser, world)
  await page.goto(taskUrl(world, asset))
  await drawn(page, asset)
  await page.waitForTimeout(CALM_MS)
  return page
}

/** When the image of this task was painted with nothing over it, ms since the page's beginning. */
export function drawn(page: Page, asset: Asset): Promise<number> {
  return page
    .waitForFunction(
      ([width]) => {
        const { paintedAt } = window.bench as { paintedAt: Map<number, number> }
        // Itself, or one of its smaller copies: a JPEG is read at some eighths of its size.
        const parts = [1, 1 / 16, 1 / 32, ...[7, 6, 5, 4, 3, 2, 1].map((n) => n / 8)]
        const times = parts.map((part) => paintedAt.get(Math.ceil((width as number) * part)) ?? 0)
        return Math.min(...times.filter((time) => time > 0), Number.MAX_VALUE) % Number.MAX_VALUE
      },
      [asset.width],
      { polling: 30, timeout: 60_000 },
    )
    .then((found) => found.jsonValue() as Promise<number>)
}

/** What the page got while `act` went on. */
export async function frames(page: Page, act: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => (window.bench as { start(): void }).start())
  await act()
  return page.evaluate(() => (window.bench as { end(): Frames }).end())
}

/**
 * Runs in the page before anything else. Times every listener and every drawing of the page between two frames, and notes
 * when an image was first painted: images of the run are told apart by their width.
 */
function watch(): void {
  const paintedAt = new Map<number, number>()
  const ask = requestAnimationFrame
  let js = 0
  let running: { frames: number[]; js: number[]; last: number } | null = null
  const timed = <A extends unknown[]>(work: (this: unknown, ...args: A) => unknown) =>
    function (this: unknown, ...args: A) {
      const from = performance.now()
      try {
        return work.apply(this, args)
      } finally {
        js += performance.now() - from
      }
    }

  const measure = (now: number) => {
    if (!running) return
    if (running.last > 0) {
      running.frames.push(now - running.last)
      running.js.push(js)
    }
    running.last = now
    js = 0
    ask(measure)
  }
  window.requestAnimationFrame = (step: (now: number) => void) => ask(timed(step))

  const listen = EventTarget.prototype.addEventListener
  const wrapped = new WeakMap<object, object>()
  EventTarget.prototype.addEventListener = function (this: unknown, ...args: unknown[]) {
    const [name, listener, ...options] = args as [string, (...args: unknown[]) => unknown, ...unknown[]]
    if (typeof listener !== 'function' || !/^(pointer|mouse|wheel)/.test(name)) return listen.apply(this as never, args)
    if (!wrapped.has(listener)) wrapped.set(listener, timed(listener))
    return listen.apply(this as never, [name, wrapped.get(listener), ...options])
  }

  const unlisten = EventTarget.prototype.removeEventListener
  EventTarget.prototype.removeEventListener = function (this: unknown, ...args: unknown[]) {
    const [name, listener, ...options] = args as [string, object, ...unknown[]]
    return unlisten.apply(this as never, [name, wrapped.get(listener) ?? listener, ...options])
  }

  const noteDrawn = (width: number) => {
    if (paintedAt.has(width)) return
    paintedAt.set(width, 0)
    const look = () => {
      // Painted: the frame after the one that holds the image with nothing over it.
      if (document.querySelector('[data-covered]')) ask(look)
      else ask(() => paintedAt.set(width, performance.now()))
    }
    ask(look)
  }
  for (const { prototype } of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
    const draw = prototype.drawImage
    prototype.drawImage = function (...args: unknown[]) {
      draw.apply(this as never, args)
      noteDrawn((args[0] as { width: number }).width)
    }
  }

  const bench = {
    paintedAt,
    /** When Enter was pressed last. */
    pressedAt: 0,
    start() {
      js = 0
      running = { frames: [], js: [], last: 0 }
      ask(measure)
    },
    end() {
      const result = running
      running = null
      return result
    },
  }
  window.bench = bench
  document.addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === 'Enter') bench.pressedAt = timeStamp
    },
    { capture: true },
  )
}
