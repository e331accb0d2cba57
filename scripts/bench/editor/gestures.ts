// What a hand does on the canvas, as quickly as the browser takes it.
import type { Page } from '@playwright/test'

/** How long each work goes on, ms. */
const WORK_MS = 3000
const STEPS_PER_TURN = 60

export type Area = { x: number; y: number; width: number; height: number }
export type Gesture = {
  name: string
  prepare?(page: Page, area: Area): Promise<void>
  act(page: Page, area: Area): Promise<void>
}

const middle = ({ x, y, width, height }: Area): [number, number] => [x + width / 2, y + height / 2]

/** Calls `step` with numbers 0, 1, 2 … until the time is over. */
async function during(step: (i: number) => Promise<unknown>): Promise<void> {
  const until = performance.now() + WORK_MS
  for (let i = 0; performance.now() < until; i++) await step(i)
}

/** In circles around where it is, so that every step is as long as the others. */
async function circling(page: Page, [cx, cy]: [number, number], radius: number): Promise<void> {
  await during((i) => {
    const angle = (i / STEPS_PER_TURN) * 2 * Math.PI
    return page.mouse.move(cx + radius * Math.sin(angle), cy + radius * (1 - Math.cos(angle)))
  })
}

export const PAN: Gesture = {
  name: 'pan',
  async act(page, area) {
    const at = middle(area)
    await page.mouse.move(...at)
    await page.mouse.down({ button: 'middle' })
    await circling(page, at, 150)
    await page.mouse.up({ button: 'middle' })
  },
}

export const ZOOM: Gesture = {
  name: 'zoom',
  async act(page, area) {
    await page.mouse.move(...middle(area))
    await during((i) => page.mouse.wheel(0, i % 24 < 12 ? -25 : 25))
  },
}

/** The object under the middle of the image, or beside it. */
export const DRAG: Gesture = {
  name: 'drag',
  async prepare(page, area) {
    const [cx, cy] = middle(area)
    await page.keyboard.press('v')
    for (let i = 0; i < 400; i++) {
      await page.mouse.move(cx + (i % 20) * 7, cy + Math.floor(i / 20) * 7)
      if ((await cursorAt(page)) === 'pointer') break
    }
    await page.mouse.down()
  },
  async act(page, area) {
    await circling(page, middle(area), 120)
    await page.mouse.up()
    await page.keyboard.press('Escape')
  },
}

export const DRAW: Gesture = {
  name: 'draw',
  prepare: (page) => page.keyboard.press('b'),
  async act(page, area) {
    const at = middle(area)
    await page.mouse.move(at[0] - 200, at[1] - 200)
    await page.mouse.down()
    await circling(page, at, 120)
    await page.mouse.up()
    await page.keyboard.press('v')
  },
}

/** One long stroke. */
export const BRUSH: Gesture = {
  name: 'brush stroke',
  async prepare(page, area) {
    await page.keyboard.press('m')
    await page.mouse.move(...middle(area))
    await page.mouse.down()
  },
  async act(page, area) {
    const [cx, cy] = middle(area)
    const spread = Math.min(area.width, area.height) / 2 - 20
    await during((i) => {
      const angle = (i / STEPS_PER_TURN) * 2 * Math.PI
      const radius = spread * ((i % 400) / 400)
      return page.mouse.move(cx + radius * Math.cos(angle), cy + radius * Math.sin(angle))
    })
    await page.mouse.up()
  },
}

export const canvasArea = async (page: Page): Promise<Area> => {
  const area = await page.getByRole('application').boundingBox()
  if (!area) throw new Error('the canvas is not on the screen')
  return area
}

const cursorAt = (page: Page): Promise<string> =>
  page
    .getByRole('application')
    .evaluate((element) => (element as unknown as { style: { cursor: string } }).style.cursor)
