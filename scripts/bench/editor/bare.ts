// The floor of what is no frame: a bare page on the same server that asks for a task and draws its image. No script is loaded.
import type { Browser, Page } from '@playwright/test'
import { calm } from '../calm.ts'
import { SESSION_COOKIE } from '../chromium.ts'
import type { Asset, World } from './world.ts'

declare const window: { bare: { drawnAt: number; again(): Promise<number> } }
declare const document: {
  body: { append(child: object): void }
  addEventListener(name: string, listen: () => void): void
  createElement(name: string): Canvas
}
declare const location: { href: string }
declare const requestAnimationFrame: (step: () => void) => number
declare const createImageBitmap: (blob: unknown, options?: object) => Promise<object>
type Canvas = {
  width: number
  height: number
  getContext(kind: '2d'): { drawImage(image: object, x: number, y: number, w: number, h: number): void }
}

/** Shows the task's JSON as the page, and the image on a canvas; nothing is cached. */
async function barePage(browser: Browser, world: World, { task_id, asset_id }: Asset): Promise<Page> {
  const context = await browser.newContext()
  await context.addCookies([{ name: SESSION_COOKIE, value: world.session, url: world.url }])
  await context.addInitScript(show, world.imageUrl(asset_id))
  const page = await context.newPage()
  await calm()
  await page.goto(`${world.url}/api/projects/${world.project_id}/tasks/${task_id}`)
  await page.waitForFunction(() => window.bare?.drawnAt > 0)
  return page
}

/** From the address to the painted image, ms. */
export async function bareCold(browser: Browser, world: World, asset: Asset): Promise<number> {
  const page = await barePage(browser, world, asset)
  const at = await page.evaluate(() => window.bare.drawnAt)
  await page.context().close()
  return at
}

/** From a wish to the painted image when the image is ready and the task is asked for, ms. */
export async function bareNext(browser: Browser, world: World, asset: Asset, times: number): Promise<number[]> {
  const page = await barePage(browser, world, asset)
  const taken: number[] = []
  for (let i = 0; i < times; i++) taken.push(await page.evaluate(() => window.bare.again()))
  await page.context().close()
  return taken
}

/** Runs in the page before anything else. */
function show(imageUrl: string): void {
  const frame = () => new Promise<void>((resolve) => requestAnimationFrame(resolve))
  document.addEventListener('DOMContentLoaded', async () => {
    const full = await createImageBitmap(await (await fetch(imageUrl)).blob())
    const small = await createImageBitmap(full, { resizeWidth: 2000, resizeHeight: 1500, resizeQuality: 'low' })
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 1400, height: 920 })
    document.body.append(canvas)
    const paint = async () => {
      canvas.getContext('2d').drawImage(small, 0, 0, 1226, 920)
      await frame()
      await frame()
      return performance.now()
    }
    const again = async () => {
      const from = performance.now()
      await (await fetch(location.href, { cache: 'no-store' })).json()
      return (await paint()) - from
    }
    window.bare = { drawnAt: await paint(), again }
  })
}
