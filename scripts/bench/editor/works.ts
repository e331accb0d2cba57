// The works of the report: each adds its lines.
import type { Browser } from '@playwright/test'
import type { AnnotationDocument } from '../../../src/model/annotation.ts'
import { calm } from '../calm.ts'
import { bareCold, bareNext } from './bare.ts'
import { floorPage } from './floor.ts'
import { BRUSH, canvasArea, DRAG, DRAW, type Gesture, PAN, ZOOM } from './gestures.ts'
import { type EditorLine, framesLine, timesLine } from './line.ts'
import { drawn, frames, openTask, signedIn, taskUrl } from './page.ts'
import { hugePhoto, photo } from './photo.ts'
import { saves } from './saves.ts'
import { boxes, HEIGHT, NOTHING, polygons, WIDTH } from './scenes.ts'
import type { Asset, World } from './world.ts'

export type Run = { browser: Browser; world: World; add(line: EditorLine): void }

const MEGABYTE = 1_000_000
const COLD_LOADS = 7
/** The 95th percentile of twenty would be the slowest of them. */
const NEXT_TASKS = 60
/** A labeller is at a task at least this long; meanwhile the next image is loaded. */
const AT_WORK_MS = 4000

/** Images of the run are told apart by their width. */
let images = 0
async function addTask(world: World, document: AnnotationDocument, priority = 0): Promise<Asset> {
  const number = images++
  const bytes = await photo(WIDTH + 16 * number, HEIGHT, MEGABYTE, number)
  const asset = await world.addImage(`image-${number}.jpg`, bytes, priority)
  if (document.objects.length > 0) await world.fill(asset.task_id, document)
  return asset
}

const scene =
  (title: string, document: () => AnnotationDocument, limit: number, gestures: readonly Gesture[], make = addTask) =>
  async ({ browser, world, add }: Run) => {
    const objects = document()
    const asset = await make(world, objects)
    const page = await openTask(browser, world, asset)
    const area = await canvasArea(page)
    const plain = await floorPage(browser, world, asset.asset_id, area)
    for (const { name, prepare, act } of gestures) {
      await prepare?.(page, area)
      const ours = await frames(page, () => act(page, area))
      await page.keyboard.press('f')
      if (name === BRUSH.name) await plain.mouse.down()
      const { frames: floor } = await frames(plain, () => act(plain, area))
      const note = `${ours.frames.length} frames`
      add(framesLine({ work: `${title}: ${name}`, objects: objects.objects.length, limit, note }, ours, floor))
    }
    await plain.context().close()
    await page.context().close()
  }

/** The tiles are made at the first look. */
async function addHuge(world: World, document: AnnotationDocument): Promise<Asset> {
  const asset = await world.addImage('huge.jpg', await hugePhoto())
  await world.fill(asset.task_id, document)
  return asset
}

const BOX_WORK = [PAN, ZOOM, DRAG, DRAW]

/** From the address to image and objects painted, with nothing cached, in a browser that is running. */
async function coldOpen({ browser, world, add }: Run): Promise<void> {
  const document = boxes(200)
  const asset = await addTask(world, document)
  const [times, floor]: [number[], number[]] = [[], []]
  let kb = 0
  for (let i = 0; i < COLD_LOADS; i++) {
    const page = await signedIn(browser, world)
    await calm()
    await page.goto(taskUrl(world, asset))
    const at = await drawn(page, asset)
    times.push(at)
    kb = await page.evaluate((until) => {
      const all = performance.getEntriesByType('resource') as unknown as {
        name: string
        responseEnd: number
        encodedBodySize: number
      }[]
      const scripts = all.filter((e) => /\.js(\?|$)/.test(e.name) && e.responseEnd < until)
      return scripts.reduce((sum, e) => sum + e.encodedBodySize, 0) / 1000
    }, at)
    await page.context().close()
    floor.push(await bareCold(browser, world, asset))
  }
  const objects = document.objects.length
  add(
    timesLine(
      {
        work: 'open the editor cold',
        objects,
        limit: 1000,
        note: `1 MB JPEG; ${Math.round(kb)} KB of JavaScript until then`,
      },
      times,
      floor,
    ),
  )
}

/** From the key to the next image and its objects painted. The first of the page, and of the server, is told apart. */
async function nextTask({ browser, world, add }: Run): Promise<void> {
  const document = boxes(100)
  const assets: Asset[] = []
  for (let i = 0; i <= NEXT_TASKS + 1; i++) assets.push(await addTask(world, document, 1000 - i))
  const page = await signedIn(browser, world)
  await page.goto(taskUrl(world, assets[0] as Asset))
  await drawn(page, assets[0] as Asset)
  const times: number[] = []
  for (const next of assets.slice(1)) {
    await page.waitForTimeout(AT_WORK_MS)
    await page.keyboard.press('Control+Enter')
    const painted = await drawn(page, next)
    times.push(
      painted -
        (await page.evaluate(() => (globalThis as unknown as { bench: { pressedAt: number } }).bench.pressedAt)),
    )
  }
  await page.context().close()
  const first = times.shift() as number
  add(
    timesLine(
      {
        work: 'next task: from key press to image and objects drawn',
        objects: document.objects.length,
        limit: 150,
        note: `1 MB JPEG; the first ${Math.round(first)} ms`,
      },
      times,
      await bareNext(browser, world, assets.at(-1) as Asset, NEXT_TASKS),
    ),
  )
}

export const WORKS: readonly [string, (run: Run) => Promise<void>][] = [
  ['boxes-2000', scene('2,000 boxes', () => boxes(2000), 17, BOX_WORK)],
  ['boxes-10000', scene('10,000 boxes', () => boxes(10_000), 34, BOX_WORK)],
  ['polygons', scene('300 polygons of 500 vertices', () => polygons(300, 500), 17, BOX_WORK)],
  ['mask', scene('mask', () => NOTHING, 17, [BRUSH])],
  ['huge', scene('12000 × 9000 by tiles, 2,000 boxes', () => boxes(2000), 17, [PAN, ZOOM], addHuge)],
  ['next', nextTask],
  ['cold', coldOpen],
  ['saves', saves],
]
