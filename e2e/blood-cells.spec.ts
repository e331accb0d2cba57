// The main job on real images: set up, bring BCCD in, release, label, skip, review, change status with all four
// cleanups, undo, split, clear skip, export. What the page says is compared with what the API says.
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { imageShown, saved } from './hand.ts'
import { picture } from './pictures.ts'
import { type StoryServer, startServer } from './server.ts'

const DATA = fileURLToPath(new URL('../../shared/data/bccd/BCCD', import.meta.url))
const hasData = existsSync(DATA)
const filesOf = (folder: string) => readdirSync(`${DATA}/${folder}`).map((name) => `${DATA}/${folder}/${name}`)

let server: StoryServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.stop())

test('the main job on BCCD, from an empty folder to an export', async ({ page, browser }) => {
  test.skip(!hasData, 'the BCCD images are not beside the project (../shared/data/bccd)')
  const problems: string[] = []
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))

  await test.step('set up the owner', async () => {
    await page.goto(server.set_up_link)
    await page.getByLabel('Organization name').fill('Hematology Lab')
    await page.getByLabel('Your name').fill('Olga Owner')
    await page.getByLabel('E-mail').fill('olga@example.org')
    await page.getByRole('textbox', { name: 'Password' }).fill('a long password')
    await page.getByRole('button', { name: 'Create the owner’s account' }).click()
    await expect(page.getByText('No projects yet')).toBeVisible()
  })

  await test.step('create the project', async () => {
    await page.getByRole('button', { name: 'Create project' }).last().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Blood cells')
    await dialog.getByRole('button', { name: 'Create project' }).click()
    await expect(page).toHaveURL(/\/projects\/1\//)
  })

  await test.step('bring 364 images in', async () => {
    await page.goto(`${server.url}/projects/1/assets`)
    await page.locator('input[type=file]').first().setInputFiles(filesOf('JPEGImages'))
    await page.getByRole('button', { name: 'Upload 364 files' }).click()
    await expect(page.getByText('Upload finished')).toBeVisible({ timeout: 180_000 })
    await expect(page.getByText(/364 of 364|of 364/).first()).toBeVisible()
    await page.reload()
    await picture(page, 'assets')
    expect((await api(page, '/projects/1/tasks/count')).total).toBe(364)
  })

  await test.step('bring the VOC annotations in, by a report', async () => {
    await page.goto(`${server.url}/projects/1/imports`)
    await page.getByRole('button', { name: 'Import annotations' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('input[type=file]').first().setInputFiles(filesOf('Annotations'))
    await dialog.getByRole('button', { name: 'Upload and check' }).click()
    await expect(dialog.getByText('4,886').first()).toBeVisible({ timeout: 120_000 })
    await expect(dialog.getByText('BloodImage_00338').first()).toBeVisible()
    await expect(dialog.getByText('BloodImage_00343').first()).toBeVisible()
    await picture(page, 'import-report')
    await dialog.getByRole('button', { name: 'Import annotations for 364 tasks' }).click()
    await expect(dialog.getByText('Annotations imported')).toBeVisible({ timeout: 60_000 })
    expect((await api(page, '/projects/1/tasks/summary')).objects).toBe(4886)
  })

  await test.step('release all to Label', async () => {
    await openTasks(page)
    await page.keyboard.press('Control+a')
    await expect(bar(page).getByText('364 selected')).toBeVisible()
    await bar(page).getByRole('button', { name: 'Change status' }).click()
    await chooseStage(page, 'Label')
    await picture(page, 'release')
    await page.getByRole('dialog').getByRole('button', { name: 'Move 364 tasks' }).click()
    await expect(page.getByText('364 tasks changed')).toBeVisible()
  })

  const labeler = await (await browser.newContext()).newPage()
  await test.step('a labeler comes by invitation, labels one and skips one', async () => {
    const link = await invite(page, 'labeler')
    labeler.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    await labeler.goto(link)
    await labeler.getByLabel('Your name').fill('Lena Labeler')
    await labeler.getByLabel('E-mail').fill('lena@example.org')
    await labeler.getByRole('textbox', { name: 'Password' }).fill('another long password')
    await labeler.getByRole('button', { name: 'Create the account and join' }).click()
    await labeler.getByRole('button', { name: 'Start' }).click()
    const before = await objectsInPanel(labeler)
    await drawBox(labeler)
    await expect.poll(() => objectsInPanel(labeler)).toBe(before + 1)
    await saved(labeler)
    await picture(labeler, 'label')
    await labeler.waitForURL(/[?&]task=\d+/)
    const first = labeler.url()
    await labeler.keyboard.press('Control+Enter')
    await expect.poll(() => totals(page)).toEqual([0, 363, 1, 0])
    // The server has it before the page does.
    await expect(labeler).not.toHaveURL(first)
    await labeler.getByRole('button', { name: 'Skip', exact: true }).click()
    await labeler.getByRole('dialog').getByText('Ambiguous').click()
    await labeler.getByRole('button', { name: 'Skip task' }).click()
    await expect.poll(async () => (await api(page, '/projects/1/tasks/summary')).skipped).toBe(1)
    await expect(labeler.getByRole('dialog')).toHaveCount(0)
    await expect(labeler.getByRole('button', { name: 'Skip', exact: true })).toBeEnabled()
    // She stays at her next task. That a manager takes it over is told to her, and in her console.
    labeler.removeAllListeners('console')
    expect((await api(page, '/projects/1/tasks/summary')).objects).toBe(4887)
  })

  await test.step('the owner reviews it', async () => {
    await page.goto(`${server.url}/projects/1/review`)
    await page.getByRole('button', { name: 'Start' }).click()
    await expect(page.getByRole('button', { name: 'Approve' })).toBeEnabled()
    await imageShown(page)
    await picture(page, 'review')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => totals(page)).toEqual([0, 363, 0, 1])
  })

  await test.step('the history of the completed task', async () => {
    const filter = { conditions: [{ field: 'stage_id', op: 'any_of', value: [4] }] }
    await page.goto(`${server.url}/projects/1/tasks?filter=${encodeURIComponent(JSON.stringify(filter))}`)
    await page
      .getByRole('button', { name: /^History of/ })
      .first()
      .click()
    for (const words of ['approved, on to Completed', 'submitted to Review', 'released to Label', 'created the task'])
      await expect(page.getByText(words).first()).toBeVisible()
    await picture(page, 'history')
  })

  await test.step('change status of all with the four cleanups', async () => {
    await openTasks(page)
    await page.keyboard.press('Control+a')
    await bar(page).getByRole('button', { name: 'Change status' }).click()
    const dialog = page.getByRole('dialog')
    await chooseStage(page, 'Prepare')
    await dialog.getByText('Fresh start').click()
    // Lena's editor took the next task when she skipped.
    await expect(dialog.getByText(/1 task is open in somebody’s editor now/)).toBeVisible()
    await dialog.getByText('Take over', { exact: true }).click()
    await expect(dialog.getByText('4,887 objects')).toBeVisible()
    await dialog.getByLabel(/Type 4,?887/).fill('4887')
    await picture(page, 'change-status')
    await dialog.getByRole('button', { name: 'Move 364 tasks' }).click()
    await expect(page.getByText('364 tasks changed')).toBeVisible()
    await labeler.close()
    const summary = await api(page, '/projects/1/tasks/summary')
    expect(summary).toMatchObject({ objects: 0, duration_ms: 0, skipped: 0 })
    expect(summary.stages[0].total).toBe(364)
  })

  await test.step('undo brings everything back', async () => {
    const done = page.getByRole('alert').filter({ hasText: '364 tasks changed' })
    await done.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await api(page, '/projects/1/tasks/summary')).objects).toBe(4887)
    expect(await totals(page)).toEqual([0, 363, 0, 1])
    expect((await api(page, '/projects/1/tasks/summary')).skipped).toBe(1)
  })

  await test.step('auto split 80/10/10', async () => {
    await openTasks(page)
    await page.keyboard.press('Control+a')
    await bar(page).getByRole('button', { name: 'Set split' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Auto split').click()
    await dialog.getByRole('textbox', { name: 'Seed' }).fill('bccd-2026')
    await dialog.getByText('Also skipped tasks').click()
    const act = dialog.getByRole('button', { name: 'Set split of 364 tasks' })
    await expect(act).toBeEnabled()
    await picture(page, 'auto-split')
    await act.click()
    await expect
      .poll(async () => (await api(page, '/projects/1/tasks/summary')).splits)
      .toEqual({ train: 291, validation: 37, test: 36, none: 0 })
  })

  await test.step('clear the skip', async () => {
    await openTasks(page)
    await page.getByRole('button', { name: /^Skipped/ }).click()
    await expect(page.getByText('1 task matches')).toBeVisible()
    await page.keyboard.press('Control+a')
    await bar(page).getByRole('button', { name: 'Clear skip' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Clear 1 skip' }).click()
    await expect.poll(async () => (await api(page, '/projects/1/tasks/summary')).skipped).toBe(0)
  })

  await test.step('pictures of the table, light and dark, and of the operations', async () => {
    await openTasks(page)
    await picture(page, 'tasks-page')
    await page.getByRole('button', { name: 'Dark theme' }).click()
    await picture(page, 'tasks-page-dark')
    await page.getByRole('button', { name: 'Light theme' }).click()
    await page.goto(`${server.url}/projects/1/operations`)
    await expect(page.getByText('Clear skip').first()).toBeVisible()
    await picture(page, 'operations')
  })

  await test.step('export COCO by split, without images', async () => {
    await page.goto(`${server.url}/projects/1/exports`)
    await page.getByRole('button', { name: 'Create export' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Export 364 tasks' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: /Download/ })
        .first()
        .click(),
    ])
    expect(download.suggestedFilename()).toMatch(/coco.*\.zip$/)
    await picture(page, 'exports')
    expect((await api(page, '/projects/1/exports'))[0]).toMatchObject({
      task_count: 364,
      object_count: 4887,
      format: 'coco',
    })
  })

  expect(problems).toEqual([])
})

const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Selected tasks' })

async function openTasks(page: Page): Promise<void> {
  await page.goto(`${server.url}/projects/1/tasks`)
  await expect(page.getByText('364 tasks', { exact: true })).toBeVisible()
  await page.getByRole('grid').first().focus()
}

async function chooseStage(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('group', { name: 'Move to' }).getByText(name, { exact: true }).click()
}

/** Reads the API with the page's own session. */
async function api(page: Page, path: string) {
  const reply = await page.request.get(`${server.url}/api${path}`)
  expect(reply.ok()).toBe(true)
  return reply.json()
}

/** Tasks in Prepare, Label, Review, Completed. */
async function totals(page: Page): Promise<number[]> {
  const summary = await api(page, '/projects/1/tasks/summary')
  return summary.stages.map((stage: { total: number }) => stage.total)
}

async function invite(page: Page, project_role: string): Promise<string> {
  const reply = await page.request.post(`${server.url}/api/projects/1/invitations`, { data: { project_role } })
  return (await reply.json()).link
}

async function objectsInPanel(page: Page): Promise<number> {
  const heading = page.getByText(/^Objects/).first()
  await expect(heading).toBeVisible()
  return Number(/\d+/.exec(((await heading.locator('xpath=..').textContent()) ?? '').replace(/,/g, ''))?.[0] ?? 0)
}

async function drawBox(page: Page): Promise<void> {
  // The list of objects may be there before the image.
  await imageShown(page)
  await page.keyboard.press('b')
  const box = await page.locator('canvas').last().boundingBox()
  if (!box) throw new Error('no canvas')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x - 30, y - 30)
  await page.mouse.down()
  await page.mouse.move(x, y, { steps: 4 })
  await page.mouse.move(x + 40, y + 30, { steps: 4 })
  await page.mouse.up()
}
