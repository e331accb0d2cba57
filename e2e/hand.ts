// A hand at keyboard and mouse: draws a scene of the sample as a person would. It goes near to each object, takes class and tool
// by key, and drags, clicks or paints; it snaps to nothing and sees no state but what it did itself.
import { expect, type Page } from '@playwright/test'
import { fitted, type Size, toScreen, type View, zoomedAt } from '../src/editor/coordinates.ts'
import type { Bounds } from '../src/model/shapes/geometry.ts'
import { type Shape, shapeBounds } from '../src/model/shapes/index.ts'
import { cornersOf, type Labelled } from './truth.ts'

type XY = readonly [number, number]

/** How much nearer one `+` brings. */
const STEP = 1.25
/** Free space that is left around what is looked at, CSS pixels. */
const MARGIN = 12
/** What is smaller cannot be drawn exactly from afar, CSS pixels. */
const SMALL = 90
/** Diameter of the brush, image pixels, and how often `[` makes it of the usual one of 40. */
const [BRUSH, TIMES_SMALLER] = [8, 9]
const DIRECTIONS = 24

export type Hand = Awaited<ReturnType<typeof handOn>>

/** The hand on the image that is open. */
export async function handOn(page: Page, image: Size) {
  const { keyboard, mouse } = page
  const canvas = await page.getByRole('application').boundingBox()
  if (!canvas) throw new Error('no canvas')
  let view: View = fitted(image, canvas)
  const at = (point: XY): [number, number] => {
    const [x, y] = toScreen(view, [point[0], point[1]])
    return [canvas.x + x, canvas.y + y]
  }
  const move = (point: XY) => mouse.move(...at(point))

  /** Shows the whole image; where an area is small, goes near to it as long as all of it stays in sight. */
  async function goTo(area: Bounds) {
    const whole = fitted(image, canvas as Size)
    if (view.scale !== whole.scale) await keyboard.press('f')
    view = whole
    if (Math.min(area.width, area.height) * view.scale > SMALL) return
    const middle: XY = [area.x + area.width / 2, area.y + area.height / 2]
    await move(middle)
    for (;;) {
      const nearer = zoomedAt(view, toScreen(view, [...middle]), STEP, image, canvas as Size)
      if (!isInSight(nearer, area, canvas as Size)) return
      await keyboard.press('+')
      view = nearer
    }
  }
  async function drag(from: XY, to: XY) {
    await move(from)
    await mouse.down()
    await mouse.move(...at(to), { steps: 3 })
    await mouse.up()
  }
  async function along(points: readonly XY[]) {
    await move(points[0] as XY)
    await mouse.down()
    for (const point of points.slice(1)) await move(point)
    await mouse.up()
  }
  /** Once around with the brush, the middle filled; what was painted beyond the edge is erased. */
  async function paint({ x, y, width }: Bounds) {
    const [cx, cy, r] = [x + width / 2, y + width / 2, width / 2]
    const on = (radius: number, angle: number): XY => [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]
    const arc = (radius: number, from: number, to: number) =>
      Array.from({ length: DIRECTIONS + 1 }, (_, i) => on(radius, from + ((to - from) * i) / DIRECTIONS))
    await along(arc(r - BRUSH / 2, 0, 2 * Math.PI))
    await drag(on(r - BRUSH / 2, 0), on(r, 0))
    await keyboard.press('g')
    await mouse.click(...at([cx, cy]))
    await keyboard.press('x')
    await along(arc(r + BRUSH / 2, -0.6, 0.6))
    await keyboard.press('m')
    await keyboard.press('Enter')
  }
  async function draw({ class_id, shape }: Labelled) {
    await goTo(shapeBounds(shape))
    await keyboard.press(String(class_id))
    await keyboard.press(KEYS[shape.type] as string)
    if (shape.type === 'mask') return paint(shapeBounds(shape))
    const corners = cornersOf(shape)
    if (shape.type === 'box') return drag(corners[0] as XY, corners[2] as XY)
    for (const corner of corners) await mouse.click(...at(corner))
    await keyboard.press('Enter')
  }
  return {
    goTo,
    drag,
    point: move,
    click: (point: XY) => mouse.click(...at(point)),
    async draw(objects: readonly Labelled[]) {
      for (const object of objects) await draw(object)
    },
  }
}

/** What stays so from task to task: the brush that `paint` needs. */
export async function prepareHand(page: Page): Promise<void> {
  await page.keyboard.press('m')
  for (let i = 0; i < TIMES_SMALLER; i++) await page.keyboard.press('[')
}

const KEYS: Partial<Record<Shape['type'], string>> = { box: 'b', polygon: 'p', mask: 'm' }

function isInSight(view: View, { x, y, width, height }: Bounds, screen: Size): boolean {
  const [left, top] = toScreen(view, [x, y])
  const [right, bottom] = toScreen(view, [x + width, y + height])
  return left > MARGIN && top > MARGIN && right < screen.width - MARGIN && bottom < screen.height - MARGIN
}

/** The image is on the screen: before that there is nothing to draw on, or to point at. */
export async function imageShown(page: Page): Promise<void> {
  await expect(page.getByRole('application')).toBeVisible()
  await expect(page.locator('[data-covered]')).toHaveCount(0)
  await expect(page.getByText('Loading the image')).toHaveCount(0)
}

/** All that was drawn is on the server. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Saved/).first()).toBeVisible()
}

/** Takes the line of the palette that what is typed leads to. */
export async function byPalette(page: Page, typed: string, line: string): Promise<void> {
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('textbox')).toBeFocused()
  await page.keyboard.type(typed)
  await expect(palette.getByRole('button', { name: line })).toBeVisible()
  await page.keyboard.press('Enter')
}

/** Drags a small box from the middle of the canvas, or so many px below it, with the tool that is chosen. */
export async function dragBox(page: Page, down = 0): Promise<void> {
  await imageShown(page)
  const canvas = await page.getByRole('application').boundingBox()
  if (!canvas) throw new Error('no canvas')
  const [x, y] = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2 + down]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 40, { steps: 3 })
  await page.mouse.up()
}
