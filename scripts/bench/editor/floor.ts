// The floor: a page with nothing but two canvases of the editor's size. The image is drawn on one while it is panned or
// zoomed, a rectangle on the other while something is dragged. No editor, no React, no objects.
import type { Browser, Page } from '@playwright/test'
import type { Area } from './gestures.ts'
import { signedIn } from './page.ts'
import type { World } from './world.ts'

declare const document: {
  body: { style: { margin: string }; replaceChildren(...children: object[]): void }
  createElement(name: string): PlainCanvas
}
declare const window: { addEventListener(name: string, listen: (event: Input) => void, options?: object): void }
declare const requestAnimationFrame: (step: () => void) => number
declare const createImageBitmap: (image: object, options: object) => Promise<object>
declare class Image {
  src: string
  width: number
  height: number
  decode(): Promise<void>
}
type Input = { clientX: number; clientY: number; buttons: number; deltaY: number; preventDefault(): void }
type Context = {
  fillStyle: string
  clearRect(x: number, y: number, w: number, h: number): void
  fillRect(x: number, y: number, w: number, h: number): void
  drawImage(image: object, x: number, y: number, w: number, h: number): void
}
type PlainCanvas = { width: number; height: number; style: { cssText: string }; getContext(kind: '2d'): Context }

/** Answers a page that takes the same gestures as the editor. */
export async function floorPage(browser: Browser, world: World, asset_id: number, area: Area): Promise<Page> {
  const page = await signedIn(browser, world)
  await page.goto(`${world.url}/account`)
  await page.evaluate(show, { url: world.imageUrl(asset_id), area })
  return page
}

async function show({ url, area }: { url: string; area: Area }): Promise<void> {
  const image = new Image()
  image.src = url
  await image.decode()
  const fit = Math.min(area.width / image.width, area.height / image.height)
  // As many pixels as are shown: what an editor would do too.
  const small = await createImageBitmap(image, {
    resizeWidth: Math.ceil(image.width / 2),
    resizeHeight: Math.ceil(image.height / 2),
  })
  const canvases = [0, 1].map(() => {
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(area.width)
    canvas.height = Math.round(area.height)
    canvas.style.cssText = `position: fixed; left: ${area.x}px; top: ${area.y}px`
    return canvas
  })
  document.body.replaceChildren(...canvases)
  const [below, above] = canvases.map((c) => c.getContext('2d')) as [Context, Context]
  const view = { x: 0, y: 0, scale: fit }
  const drag = { x: 0, y: 0 }
  let stale: 'image' | 'drag' | null = 'image'
  let isAsked = false
  const draw = () => {
    isAsked = false
    if (stale === 'image') {
      below.clearRect(0, 0, area.width, area.height)
      below.drawImage(small, view.x, view.y, image.width * view.scale, image.height * view.scale)
    }
    above.clearRect(0, 0, area.width, area.height)
    above.fillStyle = 'rgba(80, 120, 255, 0.4)'
    above.fillRect(drag.x, drag.y, 60, 40)
  }
  const ask = (what: 'image' | 'drag') => {
    stale = what
    if (!isAsked) requestAnimationFrame(draw)
    isAsked = true
  }
  let last = { x: 0, y: 0 }
  window.addEventListener('pointermove', ({ clientX, clientY, buttons }) => {
    if (buttons === 4) {
      view.x += clientX - last.x
      view.y += clientY - last.y
    }
    last = { x: clientX, y: clientY }
    Object.assign(drag, { x: clientX - area.x, y: clientY - area.y })
    ask(buttons === 4 ? 'image' : 'drag')
  })
  window.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      const by = Math.exp(-event.deltaY * 0.002)
      const [x, y] = [event.clientX - area.x, event.clientY - area.y]
      Object.assign(view, { x: x - (x - view.x) * by, y: y - (y - view.y) * by, scale: view.scale * by })
      ask('image')
    },
    { passive: false },
  )
  ask('image')
}
