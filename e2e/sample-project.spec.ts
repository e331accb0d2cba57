// Every page on the sample project, light and dark, with axe; the keyboard on Tasks; a task taken over while it is open; then all
// tasks labelled from the ground truth by keyboard and mouse, one rejected and mended, all accepted, and what is stored compared.
import { type Browser, expect, type Page, test } from '@playwright/test'
import type { Box } from '../src/model/shapes/box.ts'
import { SAMPLE_CLASSES } from '../src/server/sample/classes.ts'
import { seriousProblems } from './axe.ts'
import { handOn, prepareHand } from './hand.ts'
import { picture } from './pictures.ts'
import { type StoryServer, startServer } from './server.ts'
import { type Labelled, overlaps, truthOf } from './truth.ts'

const SECTIONS = [
  'Overview', 'Tasks', 'Assets', 'Label', 'Review', 'Schema', 'Batches', 'Imports', 'Exports', 'Operations', 'Members', 'Audit log', 'Settings',
] // biome-ignore format: one list

let server: StoryServer
const problems: string[] = []
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.stop())

test('the sample project, page by page and task by task', async ({ page, browser }) => {
  // Some 130 objects are drawn.
  test.setTimeout(900_000)
  listen(page)
  await test.step('set up, and load the sample from the empty state', async () => {
    await page.goto(server.set_up_link)
    await page.getByLabel('Organization name').fill('Street Lab')
    await page.getByLabel('Your name').fill('Olga Owner')
    await page.getByLabel('E-mail').fill('olga@example.org')
    await page.getByRole('textbox', { name: 'Password' }).fill('a long password')
    await page.getByRole('button', { name: 'Create the owner’s account' }).click()
    await page.getByRole('button', { name: 'Load the sample project' }).click()
    await expect(page).toHaveURL(/\/projects\/1\//)
  })

  const walk = async (name: string) => {
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
    await expect(page).toHaveTitle(new RegExp(name))
    expect(await seriousProblems(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    expect(await seriousProblems(page, ['color-contrast'])).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
  }
  for (const name of SECTIONS)
    await test.step(`${name}: light and dark, for everybody`, async () => {
      await rail(page).getByRole('link', { name, exact: true }).click()
      await walk(name)
    })
  for (const name of ['People', 'Projects'])
    await test.step(`${name}: light and dark, for everybody`, async () => {
      await rail(page).getByRole('link', { name, exact: true }).click()
      await walk(name)
    })
  await test.step('Account: light and dark, for everybody', async () => {
    await page.getByRole('button', { name: /Olga Owner/ }).click()
    await page.getByRole('menuitem', { name: 'Account' }).click()
    await expect(page.getByRole('menu')).toHaveCount(0)
    await walk('Account')
  })

  await test.step('Tasks by keyboard', async () => {
    await page.goto(`${server.url}/projects/1/tasks`)
    await expect(page.getByText('24 tasks', { exact: true })).toBeVisible()
    await page.getByRole('grid').first().focus()
    const bar = page.getByRole('toolbar', { name: 'Selected tasks' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expect(bar.getByText('1 selected')).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expect(bar.getByText('2 selected')).toBeVisible()
    await page.keyboard.press('Control+a')
    await expect(bar.getByText('24 selected')).toBeVisible()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(bar.getByText('24 selected')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(bar).toHaveCount(0)
  })

  await test.step('Tasks by mouse: a checkbox shows what is selected', async () => {
    const row = page.getByRole('grid').first().locator('[role=row][aria-rowindex="3"]')
    for (const isSelected of [true, false]) {
      await row.getByRole('checkbox').click()
      await expect(row).toHaveAttribute('aria-selected', String(isSelected))
      await expect(row.getByRole('checkbox')).toBeChecked({ checked: isSelected })
    }
  })

  await test.step('an address with a wrong filter says so', async () => {
    await page.goto(`${server.url}/projects/1/tasks?filter=rubbish`)
    await expect(page.getByText('This filter cannot be used')).toBeVisible()
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await expect(page.getByText('24 tasks', { exact: true })).toBeVisible()
  })

  let lena = await joinAsLabeler(browser, page)
  await test.step('a labeler lands on Label and gets no Tasks page', async () => {
    await expect(lena.getByRole('button', { name: 'Start' })).toBeVisible()
    await expect(rail(lena).getByRole('link', { name: 'Label' })).toBeVisible()
    await expect(rail(lena).getByRole('link', { name: 'Tasks' })).toHaveCount(0)
    await lena.goto(`${server.url}/projects/1/tasks`)
    await expect(lena.getByText('You may not use this page')).toBeVisible()
  })

  await test.step('a manager moves a task while she has it open: she is told, her work is a draft', async () => {
    await lena.goto(`${server.url}/projects/1/label`)
    await lena.getByRole('button', { name: 'Start' }).click()
    const { id } = await openTask(lena)
    await moveToPrepare(page, id)
    const known = problems.length
    await dragBox(lena, 80, 60)
    await expect(lena.getByText('Olga Owner moved this task')).toBeVisible()
    await expect(lena.getByText(/kept as a draft/)).toBeVisible()
    await picture(lena, 'taken-over')
    // The refused save is no fault of the page.
    expect(problems.splice(known).every((text) => text.includes('409'))).toBe(true)
  })

  await test.step('a closed tab lets go of its task, a reloaded one keeps it', async () => {
    await lena.goto(`${server.url}/projects/1/label`)
    await lena.getByRole('button', { name: 'Start' }).click()
    await openTask(lena)
    await page.goto(`${server.url}/projects/1/review`)
    await page.getByRole('button', { name: /Start|Continue/ }).click()
    await openTask(page)
    await expect.poll(() => openTasks(page)).toBe(2)
    const tab = lena
    lena = await tab.context().newPage()
    listen(lena)
    await tab.close()
    await expect.poll(() => openTasks(page)).toBe(1)
    await page.reload()
    await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible()
    expect(await openTasks(page)).toBe(1)
    await page.keyboard.press('Shift+Q')
    await expect.poll(() => openTasks(page)).toBe(0)
  })

  await test.step('all begin anew: Fresh start, to Label', async () => {
    await page.goto(`${server.url}/projects/1/tasks`)
    await expect(page.getByText('24 tasks', { exact: true })).toBeVisible()
    await page.getByRole('grid').first().focus()
    await page.keyboard.press('Control+a')
    await page.getByRole('toolbar', { name: 'Selected tasks' }).getByRole('button', { name: 'Change status' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('group', { name: 'Move to' }).getByText('Label', { exact: true }).click()
    await dialog.getByText('Fresh start').click()
    await dialog.getByText('Also clear the skip').click()
    const asked = dialog.getByLabel(/^Type [\d,]+ to confirm/)
    await asked.fill(/\d+/.exec((await dialog.getByText(/^Type [\d,]+ to confirm/).textContent()) ?? '')?.[0] ?? '')
    await dialog.getByRole('button', { name: 'Move 24 tasks' }).click()
    await expect(page.getByText('24 tasks changed')).toBeVisible()
    expect((await summary(page)).objects).toBe(0)
  })

  const drawn: Open[] = []
  await test.step('Lena labels all 24 by keyboard and mouse: boxes, polygons and masks', async () => {
    await lena.goto(`${server.url}/projects/1/label`)
    await lena.getByRole('button', { name: 'Start' }).click()
    await openTask(lena)
    await prepareHand(lena)
    for (let task: Open | undefined; drawn.length < 24; ) {
      task = await openTask(lena, task)
      drawn.push(task)
      const truth = truthOf(task.name)
      const hand = await handOn(lena, truth)
      await hand.draw(drawn.length === 3 ? withWideCar(truth.objects) : truth.objects)
      if (drawn.length === 3) await picture(lena, 'sample-label')
      await lena.keyboard.press('Control+Enter')
    }
    await expect.poll(async () => (await summary(page)).stages.map((s) => s.total)).toEqual([0, 0, 24, 0])
  })

  const wrong = drawn[2] as Open
  const car = carOf(wrong)
  await test.step('Olga rejects the one with a car drawn too wide, by a comment pinned to it', async () => {
    await page.goto(`${server.url}/projects/1/review?task=${wrong.id}`)
    await openTask(page)
    const hand = await handOn(page, truthOf(wrong.name))
    await hand.point([car.x + car.width / 2, car.y + car.height / 2])
    await page.keyboard.press('Shift+C')
    // The first letters come before the field does.
    await page.keyboard.type('This box is wider than the car.')
    const field = page.getByRole('textbox', { name: 'What should be said here?' })
    await expect(field).toHaveValue('This box is wider than the car.')
    await expect(field).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('button', { name: /^Comment 1 by Olga Owner/ })).toBeVisible()
    await page.keyboard.press('Control+Backspace')
    await expect(page.getByLabel('What should be changed')).toHaveValue('1. This box is wider than the car.')
    await expect(page.getByLabel('What should be changed')).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await read(page, wrong.id)).task.is_returned).toBe(true)
  })

  await test.step('Lena gets it back, makes the box narrower, resolves the comment, and submits', async () => {
    await lena.getByRole('button', { name: /Start|Continue|Look again/ }).click()
    expect((await openTask(lena)).id).toBe(wrong.id)
    await expect(lena.getByText('Returned by Olga Owner')).toBeVisible()
    await lena.keyboard.press('Shift+N')
    await expect(lena.getByRole('tab', { name: 'Comments 1' })).toHaveAttribute('aria-selected', 'true')
    const hand = await handOn(lena, truthOf(wrong.name))
    await hand.goTo({ ...car, width: car.width * TOO_WIDE })
    await lena.keyboard.press('v')
    await hand.click([car.x + car.width / 2, car.y + car.height / 2])
    await hand.drag([car.x + car.width * TOO_WIDE, car.y + car.height], [car.x + car.width, car.y + car.height])
    await lena.keyboard.press('Shift+R')
    await expect(lena.getByRole('tab', { name: 'Comments 0' })).toBeVisible()
    await lena.keyboard.press('Control+Enter')
    await expect.poll(async () => (await read(page, wrong.id)).task.is_returned).toBe(false)
  })

  await test.step('Olga accepts all 24', async () => {
    // By link: those that she once skipped are not offered to her.
    for (const { id } of drawn) {
      await page.goto(`${server.url}/projects/1/review?task=${id}`)
      await openTask(page)
      await expect(page.getByRole('button', { name: 'Approve' })).toBeEnabled()
      await page.keyboard.press('Control+Enter')
      await expect.poll(async () => (await read(page, id)).task.completed_at).not.toBeNull()
    }
    await expect.poll(async () => (await summary(page)).stages.map((s) => s.total)).toEqual([0, 0, 0, 24])
  })

  await test.step('what is stored overlaps with the truth: at least 0.98 for each object of each image', async () => {
    const worst = { box: 1, polygon: 1, mask: 1 } as Record<string, number>
    for (const { id, name } of drawn) {
      const truth = truthOf(name)
      const { objects } = (await read(page, id)).document
      expect(objects, name).toHaveLength(truth.objects.length)
      for (const [i, found] of overlaps(truth.objects, objects).entries()) {
        const { type } = (truth.objects[i] as Labelled).shape
        expect(found, `${name}, object ${i + 1}, ${type}`).toBeGreaterThanOrEqual(0.98)
        worst[type] = Math.min(worst[type] as number, found)
      }
    }
    test.info().annotations.push({ type: 'smallest overlap', description: JSON.stringify(worst) })
    console.info('smallest overlap', worst)
  })

  expect(problems).toEqual([])
})

const rail = (page: Page) => page.getByRole('navigation', { name: 'Main' })

function listen(page: Page): void {
  page.on('console', (message) => message.type() === 'error' && problems.push(`${page.url()}: ${message.text()}`))
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
}

async function joinAsLabeler(browser: Browser, owner: Page): Promise<Page> {
  const made = await owner.request.post(`${server.url}/api/projects/1/invitations`, {
    data: { project_role: 'labeler' },
  })
  const page = await (await browser.newContext()).newPage()
  listen(page)
  await page.goto((await made.json()).link)
  await page.getByLabel('Your name').fill('Lena Labeler')
  await page.getByLabel('E-mail').fill('lena@example.org')
  await page.getByRole('textbox', { name: 'Password' }).fill('another long password')
  await page.getByRole('button', { name: 'Create the account and join' }).click()
  return page
}

type Open = { id: number; name: string }

/** The task that is open and drawn; after another one, if that is named. */
async function openTask(page: Page, before?: Open): Promise<Open> {
  await page.waitForURL((url) => /^\d+$/.test(taskIn(url)) && taskIn(url) !== String(before?.id))
  await expect(page.getByRole('application')).toBeVisible()
  await expect(page.locator('[data-covered], [data-covers]')).toHaveCount(0)
  const id = Number(taskIn(new URL(page.url())))
  return { id, name: (await read(page, id)).task.name }
}
const taskIn = (url: URL) => url.searchParams.get('task') ?? ''

type Read = {
  task: { name: string; is_returned: boolean; completed_at: string | null }
  document: { objects: Labelled[] }
}
const read = (page: Page, task_id: number): Promise<Read> => ask(page, `tasks/${task_id}`)

type Summary = { objects: number; stages: { total: number; open: number }[] }
const summary = (page: Page): Promise<Summary> => ask(page, 'tasks/summary')
const openTasks = async (page: Page) => (await summary(page)).stages.reduce((sum, stage) => sum + stage.open, 0)

async function ask<T>(page: Page, path: string): Promise<T> {
  const reply = await page.request.get(`${server.url}/api/projects/1/${path}`)
  expect(reply.ok()).toBe(true)
  return reply.json()
}

const TOO_WIDE = 1.4
const isCar = (o: Labelled): o is Labelled & { shape: Box } =>
  o.class_id === SAMPLE_CLASSES.car && o.shape.type === 'box'
const carOf = ({ name }: Open): Box => (truthOf(name).objects.find(isCar) as { shape: Box }).shape

/** The scene as it is drawn carelessly: the first car is too wide. */
function withWideCar(objects: readonly Labelled[]): Labelled[] {
  const first = objects.find(isCar)
  return objects.map((o) =>
    o === first ? { ...o, shape: { ...first.shape, width: first.shape.width * TOO_WIDE } } : o,
  )
}

async function dragBox(page: Page, width: number, height: number): Promise<void> {
  await page.keyboard.press('b')
  const box = await page.locator('canvas').last().boundingBox()
  if (!box) throw new Error('no canvas')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + width, y + height, { steps: 3 })
  await page.mouse.up()
}

async function moveToPrepare(page: Page, task_id: number): Promise<void> {
  const reply = await page.request.post(`${server.url}/api/projects/1/operations`, {
    data: {
      name: 'change-status',
      params: { stage_id: 1, open: 'take_over' },
      selection: { ids: [task_id] },
      key: `story-${task_id}-moved`,
    },
  })
  expect(await reply.json()).toMatchObject({ state: 'done', applied: 1 })
}
