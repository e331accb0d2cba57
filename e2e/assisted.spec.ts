// Assisted labelling in a real browser: a prediction accepted by key, an object cut out of a box, another outlined along its
// edge; what was stored is compared with what was drawn.
import { expect, type Page, test } from '@playwright/test'
import sharp from 'sharp'
import { saved } from './hand.ts'
import { type StoryServer, startServer } from './server.ts'

const IMAGE = { width: 640, height: 480 }
/** The view rests after 150 ms. */
const AT_REST_MS = 600
const DISC = { x: 420, y: 240, radius: 90 }

let server: StoryServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.stop())

test('predictions, smart box and scissors, and a canvas that is sharp at rest', async ({ page }) => {
  await setUp(page)
  const call = caller(page)
  await call('POST', '/organizations/1/projects', {
    name: 'Discs',
    schema: { classes: [DISCS], global_attributes: [] },
  })
  const { id } = await call('POST', '/projects/1/imports', { kind: 'images' })
  await call('POST', `/projects/1/imports/${id}/files?name=disc.png`, await drawn())
  await call('POST', `/projects/1/imports/${id}/finish`)
  const { tasks } = await call('GET', '/projects/1/tasks')
  const task_id = tasks[0].id
  const shape = { type: 'box', x: 40, y: 40, width: 100, height: 80 }
  await call('PUT', '/projects/1/predictions', {
    model: 'drawn',
    tasks: [{ name: 'disc.png', predictions: [{ class_name: 'disc', score: 0.9, shape }] }],
  })
  const { stages } = await call('GET', '/projects/1')
  const stage_id = stages.find((s: { kind: string }) => s.kind === 'label').id
  const release = { name: 'change-status', params: { stage_id }, selection: { ids: [task_id] }, key: 'release-0001' }
  await call('POST', '/projects/1/operations', release)

  await page.goto(`${server.url}/projects/1/label?task=${task_id}`)
  await expect(page.getByRole('button', { name: 'Accept all 1' })).toBeVisible()
  await page.keyboard.press('a')
  await page.keyboard.press('a')
  await expect(objects(page)).toHaveText('1')

  const place = await placeOf(page)
  const { x, y, radius } = DISC
  await page.keyboard.press('c')
  await expect(tool(page, /^Smart box/)).toBeVisible()
  await page.mouse.move(...place(x - radius - 12, y - radius - 12))
  await page.mouse.down()
  await page.mouse.move(...place(x, y))
  await page.mouse.move(...place(x + radius + 12, y + radius + 12))
  await page.mouse.up()
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expect(objects(page)).toHaveText('2', { timeout: 300 })
  }).toPass({ timeout: 60_000 })

  await page.keyboard.press('i')
  await expect(tool(page, /^Scissors/)).toBeVisible()
  for (const [dx, dy] of [[-1, 0], [0, -1], [1, 0], [0, 1]] as const)
    await page.mouse.click(...place(x + dx * radius, y + dy * radius), { delay: 30 }) // biome-ignore format: a list
  await page.keyboard.press('Enter')
  await expect(objects(page)).toHaveText('3', { timeout: 30_000 })
  await saved(page)

  const { document } = await call('GET', `/projects/1/tasks/${task_id}`)
  expect(document.objects[0]).toMatchObject({ shape, prediction_id: expect.stringMatching(/^1-/) })
  const area = Math.PI * radius ** 2
  for (const { shape: found } of document.objects.slice(1)) {
    expect(found.type).toBe('polygon')
    expect(Math.abs(areaOf(found.points) / area - 1)).toBeLessThan(0.04)
  }
  await expectSharpAtRest(page)
})

/** What was moved, stretched and filled in at its edges while the view moved is at rest what is drawn anew, pixel for pixel. */
async function expectSharpAtRest(page: Page) {
  const canvas = page.getByRole('application')
  const { x, y, width, height } = (await canvas.boundingBox()) as {
    x: number
    y: number
    width: number
    height: number
  }
  const [cx, cy] = [x + width / 2, y + height / 2]
  // Without the minimap: the browser draws the shadow at its corners one level lighter or darker from time to time.
  const picture = async () => {
    await page.mouse.move(x + 3, y + 3)
    await page.waitForTimeout(AT_REST_MS)
    return canvas.screenshot({ style: '[data-covers] { visibility: hidden }' })
  }
  const settled = async () => {
    for (let before = await picture(); ; ) {
      const now = await picture()
      if (now.equals(before)) return now
      before = now
    }
  }
  const drag = async (steps: readonly (readonly [number, number])[]) => {
    await page.mouse.move(cx, cy)
    await page.mouse.down({ button: 'middle' })
    for (const [dx, dy] of steps) await page.mouse.move(cx + dx, cy + dy, { steps: 8 })
    await page.mouse.up({ button: 'middle' })
  }
  await page.keyboard.press('Escape')
  await page.keyboard.press('f')
  const fitted = await settled()
  await drag([[300, -200], [-250, 180], [0, 0]]) // biome-ignore format: a list
  await expect.poll(async () => (await picture()).equals(fitted)).toBe(true)
  for (const by of [-200, -150, 400, -90]) await page.mouse.wheel(0, by)
  await page.keyboard.press('f')
  await expect.poll(async () => (await picture()).equals(fitted)).toBe(true)

  await drag([[90, 60], [260, -210], [150, 70]]) // biome-ignore format: a list
  const moved = await settled()
  expect(moved.equals(fitted)).toBe(false)
  await page.keyboard.press('f')
  await drag([[150, 70]])
  await expect.poll(async () => (await picture()).equals(moved)).toBe(true)
}

const DISCS = {
  id: 1,
  name: 'disc',
  color: '#3e63dd',
  hotkey: '1',
  geometries: ['box', 'polygon'],
  attributes: [],
  is_removed: false,
}
/** That is chosen. The first one's code may still be on its way. */
const tool = (page: Page, name: RegExp) => page.getByRole('toolbar').getByRole('button', { name, pressed: true })
const objects = (page: Page) => page.getByRole('tab', { name: 'Objects' }).locator('.figures')

async function setUp(page: Page) {
  await page.goto(server.set_up_link)
  await page.getByLabel('Organization name').fill('Lab')
  await page.getByLabel('Your name').fill('Olga')
  await page.getByLabel('E-mail').fill('olga@example.org')
  await page.getByRole('textbox', { name: 'Password' }).fill('a long password')
  await page.getByRole('button', { name: 'Create the owner’s account' }).click()
  await expect(page.getByText('No projects yet')).toBeVisible()
}

const caller = (page: Page) => async (method: string, path: string, body?: object | Buffer) => {
  const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json'
  const reply = await page.request.fetch(`${server.url}/api${path}`, {
    method,
    headers: { origin: server.url, ...(body ? { 'content-type': type } : {}) },
    ...(body ? { data: Buffer.isBuffer(body) ? body : JSON.stringify(body) } : {}),
  })
  expect(reply.ok(), `${path}: ${await reply.text()}`).toBe(true)
  return reply.json()
}

/** A purple disc on a speckled light ground. */
function drawn(): Promise<Buffer> {
  const data = Buffer.alloc(IMAGE.width * IMAGE.height * 3)
  for (let i = 0; i < IMAGE.width * IMAGE.height; i++) {
    const [x, y] = [i % IMAGE.width, Math.floor(i / IMAGE.width)]
    const noise = ((x * 7919 + y * 104729) % 23) - 11
    const isIn = Math.hypot(x + 0.5 - DISC.x, y + 0.5 - DISC.y) < DISC.radius
    data.set(isIn ? [120 + noise, 60 + noise, 150 + noise] : [225 + noise, 205 + noise, 210 + noise], i * 3)
  }
  return sharp(data, { raw: { ...IMAGE, channels: 3 } })
    .png()
    .toBuffer()
}

/** Where a pixel of the image is on the page while the image is fitted. */
async function placeOf(page: Page) {
  await page.keyboard.press('f')
  const canvas = await page.getByRole('application').boundingBox()
  if (!canvas) throw new Error('no canvas')
  const scale = Math.min((canvas.width - 48) / IMAGE.width, (canvas.height - 48) / IMAGE.height)
  return (x: number, y: number) =>
    [
      canvas.x + canvas.width / 2 + (x - IMAGE.width / 2) * scale,
      canvas.y + canvas.height / 2 + (y - IMAGE.height / 2) * scale,
    ] as const
}

function areaOf(points: readonly [number, number][]): number {
  let twice = 0
  for (const [i, [x, y]] of points.entries()) {
    const [px, py] = points.at(i - 1) as [number, number]
    twice += px * y - x * py
  }
  return Math.abs(twice) / 2
}
