// The guide's pictures of predictions, the smart box, a reported problem, the keys and a comparison, on images of BCCD. Takes them
// only when asked: see pictures.ts.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import type { Client } from '../src/contract/client.ts'
import { fitted, toScreen } from '../src/editor/coordinates.ts'
import type { AnnotationObject } from '../src/model/annotation.ts'
import type { Box } from '../src/model/shapes/box.ts'
import { becomeOwner, importImages } from './client.ts'
import { picture, takesPictures } from './pictures.ts'
import { type StoryServer, startServer } from './server.ts'

const DATA = fileURLToPath(new URL('../../shared/data/bccd/BCCD', import.meta.url))
const NAMES = ['BloodImage_00000', 'BloodImage_00002', 'BloodImage_00004']
const IMAGE = { width: 640, height: 480 }
const session_id = 'pictures-of-label'
const project = { project_id: 1 }

let server: StoryServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.stop())

test('pictures of Label and Review', async ({ page }) => {
  test.skip(!takesPictures || !existsSync(DATA), 'PIXLHUB_PICTURES names no folder, or the BCCD images are not there')
  const api = await becomeOwner(page, server, 'Hematology Lab')
  await setUp(api)

  await test.step('predictions, with one that is looked at', async () => {
    await page.goto(`${server.url}/projects/1/label?task=1`)
    await expect(page.getByRole('button', { name: /^Accept all/ })).toBeVisible()
    for (let i = 0; i < 3; i++) await page.keyboard.press('a')
    await page.keyboard.press('r')
    await expect(page.getByText(/^Saved/)).toBeVisible()
    await picture(page, 'predictions')
  })

  await test.step('a smart box, found and not yet taken, in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.keyboard.press('t')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.keyboard.press('2')
    await page.keyboard.press('c')
    const { x, y, width, height } = (boxesOf(0).find((o) => o.name === 'WBC') as Named).shape
    await page.mouse.move(...(await at(page, x - 4, y - 4)))
    await page.mouse.down()
    await page.mouse.move(...(await at(page, x + 20, y + 20)))
    await page.mouse.move(...(await at(page, x + width + 4, y + height + 4)))
    await page.mouse.up()
    // The result is drawn on the canvas: no element says that it is there.
    await page.waitForTimeout(20_000)
    await picture(page, 'smart-box')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.keyboard.press('Escape')
  })

  await test.step('a problem of the image, and the keys', async () => {
    // Without Shift it would be the key of the first class, by its place.
    await page.keyboard.press('Shift+!')
    await page.getByRole('dialog').getByText('Duplicate').click()
    await picture(page, 'report-a-problem')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await picture(page, 'keys')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+Q')
  })

  await test.step('what changed since the rejection, with its comment', async () => {
    await returned(api, 2)
    await page.goto(`${server.url}/projects/1/review?task=2`)
    await expect(page.getByRole('button', { name: 'Approve' })).toBeEnabled()
    await page.keyboard.press('Shift+P')
    await page.getByRole('button', { name: /^Comment 1/ }).waitFor()
    await page.keyboard.press('Shift+N')
    await page.keyboard.press('Shift+D')
    await expect(page.getByRole('button', { name: '1 changed' })).toBeVisible()
    await page.keyboard.press('Shift+N')
    await picture(page, 'compare')
  })
})

/** The owner, and a project of three images, released, with predictions for each. */
async function setUp(api: Client): Promise<void> {
  await api.create_project({
    organization_id: 1,
    name: 'Blood cells',
    settings: { allow_self_review: true, release_on_import: true },
    schema: { classes: CLASSES, global_attributes: [] },
  })
  const files = NAMES.map((name) => [`${name}.jpg`, `${DATA}/JPEGImages/${name}.jpg`])
  await importImages(api, project.project_id, Object.fromEntries(files))
  await api.put_predictions({
    ...project,
    model: 'cells',
    version: '3',
    tasks: NAMES.map((name, i) => ({
      name: `${name}.jpg`,
      predictions: boxesOf(i).map((o, n) => ({
        class_name: o.name,
        score: 0.97 - ((n * 37) % 60) / 100,
        shape: o.shape,
      })),
    })),
  })
}

/** Labelled, rejected with a pinned comment, changed and submitted again. */
async function returned(api: Client, task_id: number): Promise<void> {
  const objects = boxesOf(task_id - 1).map(
    ({ name, shape }, i): AnnotationObject => ({
      id: `cell-${i}`,
      class_id: CLASSES.find((c) => c.name === name)?.id ?? 1,
      shape: i === 1 ? { ...shape, width: shape.width * 1.4 } : shape,
      attributes: {},
      author_id: null,
    }),
  )
  const submit = async (drawn: AnnotationObject[]) => {
    const { generation } = await api.open_task({ ...project, task_id, session_id })
    const held = { ...project, task_id, session_id, generation }
    await api.save_document({ ...held, document: { objects: drawn, global_attributes: {} } })
    await api.submit_task(held)
  }
  await submit(objects.slice(0, -1))
  const text = 'This box is wider than the cell.'
  await api.create_comment({ ...project, task_id, text, object_id: 'cell-1', place: { x: 100, y: 100 }, key: 'first' })
  const { generation } = await api.open_task({ ...project, task_id, session_id })
  await api.reject_task({ ...project, task_id, session_id, generation, comment: `1. ${text}` })
  const mended = objects.map((o, i) => (i === 1 ? { ...o, shape: boxesOf(task_id - 1)[1]?.shape as Box } : o))
  await submit(mended.filter((_, i) => i !== 2))
}

type Named = { name: string; shape: Box }

/** What the VOC file of an image says. */
function boxesOf(i: number): Named[] {
  const text = readFileSync(`${DATA}/Annotations/${NAMES[i]}.xml`, 'utf8')
  return [...text.matchAll(/<object>[\s\S]*?<\/object>/g)].map(([object]) => {
    const of = (tag: string) => new RegExp(`<${tag}>(.*?)</${tag}>`).exec(object)?.[1] ?? ''
    const [x, y] = [Number(of('xmin')), Number(of('ymin'))]
    return {
      name: of('name'),
      shape: { type: 'box', x, y, width: Number(of('xmax')) - x, height: Number(of('ymax')) - y },
    }
  })
}

const common = { attributes: [], is_removed: false }
const CLASSES = [
  { id: 1, name: 'RBC', color: '#e5484d', hotkey: '1', geometries: ['box' as const, 'mask' as const], ...common },
  { id: 2, name: 'WBC', color: '#3e63dd', hotkey: '2', geometries: ['box' as const, 'mask' as const], ...common },
  { id: 3, name: 'Platelets', color: '#f5a623', hotkey: '3', geometries: ['box' as const, 'mask' as const], ...common },
]

/** Where a pixel of the image is on the page while the image is fitted. */
async function at(page: Page, x: number, y: number): Promise<[number, number]> {
  const canvas = await page.getByRole('application').boundingBox()
  if (!canvas) throw new Error('no canvas')
  const [sx, sy] = toScreen(fitted(IMAGE, canvas), [x, y])
  return [canvas.x + sx, canvas.y + sy]
}
